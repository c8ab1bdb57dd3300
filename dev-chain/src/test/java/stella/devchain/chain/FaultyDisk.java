package stella.devchain.chain;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.h2.store.fs.FileBaseDefault;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;
import org.jspecify.annotations.Nullable;

/**
 * One file on a disk that stops at its n-th write, of which it takes only the first half. What the file holds afterwards depends on what stopped: the
 * process, then everything written before is there; or the machine, then only what was forced to disk is surely there, and of the rest whatever chance left.
 */
public final class FaultyDisk extends FilePathWrapper {
    private static final String SCHEME = "faulty";
    private static @Nullable FaultyDisk present;

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Write(int position, byte[] bytes) {}

    private final List<Write> unforced = new ArrayList<>();
    private byte[] durable = {};
    private byte[] content = {};
    private int writesLeft;
    private boolean stopped;

    /** For H2, which makes an instance for each path. */
    public FaultyDisk() {}

    /** @param stopAt the number of the write that is cut off, from 1 on */
    static FaultyDisk stoppingAt(int stopAt, byte[] content) {
        FaultyDisk disk = new FaultyDisk();
        disk.durable = content;
        disk.content = content;
        disk.writesLeft = stopAt;
        FilePath.register(disk);
        present = disk;
        return disk;
    }

    /** The name under which H2 finds the disk's one file. */
    static String fileName() {
        return SCHEME + ":chain";
    }

    boolean stopped() {
        return stopped;
    }

    /** The file after the process died. */
    byte[] afterKill() {
        return content;
    }

    /** The file after the machine lost its power; {@code seed} decides which writes the disk had done. */
    byte[] afterPowerCut(long seed) {
        SplittableRandom chance = new SplittableRandom(seed);
        byte[] image = durable;
        for (Write write : unforced) if (chance.nextBoolean()) image = written(image, write);
        return image;
    }

    private static byte[] written(byte[] image, Write write) {
        byte[] result = Arrays.copyOf(image, Math.max(image.length, write.position + write.bytes.length));
        System.arraycopy(write.bytes, 0, result, write.position, write.bytes.length);
        return result;
    }

    private void write(int position, byte[] bytes) throws IOException {
        alive();
        boolean last = --writesLeft == 0;
        Write write = new Write(position, last ? Arrays.copyOf(bytes, bytes.length / 2) : bytes);
        unforced.add(write);
        content = written(content, write);
        stopped = last;
        alive();
    }

    private void alive() throws IOException {
        if (stopped) throw new IOException("the disk has stopped");
    }

    @Override
    public String getScheme() {
        return SCHEME;
    }

    @Override
    public boolean exists() {
        return disk().content.length > 0;
    }

    @Override
    public boolean canWrite() {
        return true;
    }

    @Override
    public long size() {
        return disk().content.length;
    }

    @Override
    public FileChannel open(String mode) {
        return new Channel(disk());
    }

    private static FaultyDisk disk() {
        if (present == null) throw new IllegalStateException("no disk");
        return present;
    }

    private static final class Channel extends FileBaseDefault {
        private final FaultyDisk disk;

        private Channel(FaultyDisk disk) {
            this.disk = disk;
        }

        @Override
        public synchronized int read(ByteBuffer target, long position) {
            if (position >= disk.content.length) return -1;
            int length = (int) Math.min(target.remaining(), disk.content.length - position);
            target.put(disk.content, (int) position, length);
            return length;
        }

        @Override
        public synchronized int write(ByteBuffer source, long position) throws IOException {
            byte[] bytes = new byte[source.remaining()];
            source.get(bytes);
            disk.write((int) position, bytes);
            return bytes.length;
        }

        @Override
        public long size() {
            return disk.content.length;
        }

        @Override
        public void force(boolean metaData) throws IOException {
            disk.alive();
            disk.durable = disk.content;
            disk.unforced.clear();
        }

        @Override
        protected void implTruncate(long size) throws IOException {
            disk.alive();
            disk.content = Arrays.copyOf(disk.content, (int) size);
            disk.durable = disk.content;
            disk.unforced.clear();
        }

        @Override
        public @Nullable FileLock tryLock(long position, long size, boolean shared) {
            return new FileLock(this, position, size, shared) {
                @Override
                public boolean isValid() {
                    return true;
                }

                @Override
                public void release() {}
            };
        }
    }
}
