package dev.posthorn.example.launcher;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ThreadLocalRandom;

/** Ports of the loopback interface. */
final class Ports {

    static final String HOST = "127.0.0.1";

    // Below what systems hand out to clients: whoever connects to somewhere could otherwise get a port that a server
    // was
    // given and has not opened yet, or has closed for a while.
    private static final int LOWEST = 20_000;
    private static final int HIGHEST = 32_000;

    private Ports() {}

    static InetSocketAddress address(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    static int free() {
        int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
        while (!isFree(port)) {
            port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
        }
        return port;
    }

    /** Asks both ways: some systems let two processes listen on one port if only one names the address. */
    static boolean isFree(int port) {
        if (answers(port)) {
            return false;
        }
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }

    static boolean answers(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(address(port), 500);
            return true;
        } catch (IOException nobody) {
            return false;
        }
    }
}
