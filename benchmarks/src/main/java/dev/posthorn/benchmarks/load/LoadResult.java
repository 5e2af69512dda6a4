package dev.posthorn.benchmarks.load;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * What a server noted of one run. Times are {@link System#nanoTime}, which processes of one machine share on Linux.
 *
 * @param begun when each transaction was called
 * @param committed when each call had returned
 * @param heapPeak the most bytes of heap in use right after a collection
 */
public record LoadResult(long[] begun, long[] committed, long heapPeak) {

    public void write(OutputStream stream) throws IOException {
        DataOutputStream out = new DataOutputStream(new BufferedOutputStream(stream));
        out.writeInt(begun.length);
        for (int i = 0; i < begun.length; i++) {
            out.writeLong(begun[i]);
            out.writeLong(committed[i]);
        }
        out.writeLong(heapPeak);
        out.flush();
    }

    public static LoadResult read(InputStream stream) throws IOException {
        DataInputStream in = new DataInputStream(new BufferedInputStream(stream));
        int count = in.readInt();
        LoadResult result = new LoadResult(new long[count], new long[count], 0);
        for (int i = 0; i < count; i++) {
            result.begun[i] = in.readLong();
            result.committed[i] = in.readLong();
        }
        return new LoadResult(result.begun, result.committed, in.readLong());
    }
}
