package dev.posthorn.benchmarks.load;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.function.Function;
import java.util.stream.LongStream;

/**
 * What a server noted of one run. Times are {@link System#nanoTime}, which processes of one machine share on Linux.
 *
 * @param begun when each transaction was called
 * @param committed when each call had returned
 * @param allocated bytes, by the threads that made the transactions; of several nodes, the sum
 * @param heapPeak the most bytes of heap in use right after a collection; of several nodes, the sum
 */
public record LoadResult(long[] begun, long[] committed, long allocated, long heapPeak) {

    /** What several nodes noted of one run, in the order of {@link LoadRequest#shared}. */
    public static LoadResult together(List<LoadResult> nodes) {
        return new LoadResult(
                joined(nodes, LoadResult::begun),
                joined(nodes, LoadResult::committed),
                nodes.stream().mapToLong(LoadResult::allocated).sum(),
                nodes.stream().mapToLong(LoadResult::heapPeak).sum());
    }

    private static long[] joined(List<LoadResult> nodes, Function<LoadResult, long[]> times) {
        return nodes.stream().map(times).flatMapToLong(LongStream::of).toArray();
    }

    public void write(OutputStream stream) throws IOException {
        DataOutputStream out = new DataOutputStream(new BufferedOutputStream(stream));
        out.writeInt(begun.length);
        for (int i = 0; i < begun.length; i++) {
            out.writeLong(begun[i]);
            out.writeLong(committed[i]);
        }
        out.writeLong(allocated);
        out.writeLong(heapPeak);
        out.flush();
    }

    public static LoadResult read(InputStream stream) throws IOException {
        DataInputStream in = new DataInputStream(new BufferedInputStream(stream));
        int count = in.readInt();
        long[] begun = new long[count];
        long[] committed = new long[count];
        for (int i = 0; i < count; i++) {
            begun[i] = in.readLong();
            committed[i] = in.readLong();
        }
        return new LoadResult(begun, committed, in.readLong(), in.readLong());
    }
}
