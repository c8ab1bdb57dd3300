package stella.devchain.host;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import run.endive.runtime.Memory;
import stella.devchain.state.Overlay;
import stella.protocol.Bytes;

/**
 * The running wasm as host functions see it: its memory, its heap, and the storage of the call. Every pointer comes from the wasm and is checked.
 *
 * <p>A fat pointer is one long: the length in the upper, the address in the lower 32 bits.
 */
final class Guest {
    final Memory memory;
    final HeapAllocator heap;
    final HostServices services;
    private @Nullable Overlay overlay;
    private @Nullable String panic;

    Guest(Memory memory, HeapAllocator heap, HostServices services) {
        this.memory = memory;
        this.heap = heap;
        this.services = services;
    }

    void enter(Overlay storage) {
        overlay = storage;
        panic = null;
    }

    void leave() {
        overlay = null;
    }

    Overlay overlay() {
        if (overlay == null) throw new IllegalStateException("the runtime used storage outside of a call");
        return overlay;
    }

    /** The runtime says why it is about to trap. */
    void panicked(String text) {
        panic = text;
    }

    @Nullable
    String panic() {
        return panic;
    }

    byte[] array(long fatPointer) {
        return array((int) fatPointer, fatPointer >>> 32);
    }

    /** {@code length} bytes at {@code address}, an unsigned number. */
    byte[] array(int address, long length) {
        long from = Integer.toUnsignedLong(address);
        if (from + length > (long) memory.pages() * Memory.PAGE_SIZE)
            throw new IllegalStateException(
                    "the runtime named memory it does not have: " + length + " bytes at " + from);
        return memory.readBytes(address, (int) length);
    }

    Bytes bytes(long fatPointer) {
        return Bytes.owning(array(fatPointer));
    }

    String text(long fatPointer) {
        return new String(array(fatPointer), StandardCharsets.UTF_8);
    }

    /** Puts {@code data} on the guest's heap; the guest frees it. Answers the fat pointer. */
    long give(byte[] data) {
        return (long) data.length << 32 | Integer.toUnsignedLong(givePointer(data));
    }

    /** Like {@link #give}, for types whose length both sides know. */
    int givePointer(byte[] data) {
        int address = heap.allocate(data.length);
        memory.write(address, data, 0, data.length);
        return address;
    }

    void write(int address, byte[] data, int from, int length) {
        long to = Integer.toUnsignedLong(address) + length;
        if (to > (long) memory.pages() * Memory.PAGE_SIZE)
            throw new IllegalStateException("the runtime named memory it does not have: " + length + " bytes at "
                    + Integer.toUnsignedLong(address));
        memory.write(address, data, from, length);
    }
}
