package stella.node.http;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** Lets connections in while the door is open: so many in all, so many from one address. Safe for use by any thread. */
public final class Admission {
    private final int allMax;
    private final int perAddressMax;
    private final BooleanSupplier door;
    private final Map<InetAddress, Integer> open = new HashMap<>();
    private int all;

    Admission(int allMax, int perAddressMax, BooleanSupplier door) {
        this.allMax = allMax;
        this.perAddressMax = perAddressMax;
        this.door = door;
    }

    /** Lets a connection in, if there is room; each one that entered must leave once. */
    synchronized boolean enters(InetSocketAddress remote) {
        int from = open.getOrDefault(remote.getAddress(), 0);
        if (!door.getAsBoolean() || all >= allMax || from >= perAddressMax) return false;
        open.put(remote.getAddress(), from + 1);
        all++;
        return true;
    }

    synchronized void left(InetSocketAddress remote) {
        open.computeIfPresent(remote.getAddress(), (_, count) -> count == 1 ? null : count - 1);
        all--;
    }
}
