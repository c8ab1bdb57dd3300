package stella.protocol.car;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import stella.protocol.Bytes;
import stella.protocol.cid.Cid;
import stella.protocol.cid.Codec;
import stella.protocol.cid.MalformedException;
import stella.protocol.unixfs.DagCbor;
import stella.protocol.unixfs.DagPb;
import stella.protocol.unixfs.UnixFs;

/** Bytes from outside are read for what they are or refused; nothing else ever happens. */
class CarPropertyTest {
    @Property(seed = "11", tries = 200)
    void blocksComeBack(@ForAll @Size(max = 20) List<@Size(max = 300) byte[]> bodies) throws IOException {
        byte[] car = car(bodies);
        CarReader reader = new CarReader(new ByteArrayInputStream(car));
        List<Bytes> read = new ArrayList<>();
        for (Optional<CarReader.Section> next = reader.next(); next.isPresent(); next = reader.next()) {
            assertThat(next.get().sound()).isTrue();
            read.add(next.get().block());
        }

        assertThat(read).isEqualTo(bodies.stream().map(Bytes::of).toList());
    }

    @Property(seed = "12", tries = 2000)
    void aDamagedCarIsReadOrRefused(
            @ForAll @Size(min = 1, max = 5) List<@Size(max = 40) byte[]> bodies,
            @ForAll @IntRange(min = 0, max = 100_000) int place,
            @ForAll byte value,
            @ForAll @IntRange(min = 0, max = 50) int cut)
            throws IOException {
        byte[] car = car(bodies);
        car[place % car.length] = value;
        byte[] damaged = Arrays.copyOf(car, Math.max(0, car.length - cut));

        Throwable refused = catchThrowable(() -> {
            CarReader reader = new CarReader(new ByteArrayInputStream(damaged));
            while (reader.next().isPresent()) assertThat(reader.position()).isLessThanOrEqualTo(damaged.length);
        });

        if (refused != null) assertThat(refused).isInstanceOf(CarException.class);
    }

    @Property(seed = "13", tries = 2000)
    void garbageIsNoCar(@ForAll @Size(max = 400) byte[] garbage) {
        Throwable refused = catchThrowable(() -> new CarReader(new ByteArrayInputStream(garbage)));

        assertThat(refused).isInstanceOf(CarException.class);
    }

    @Property(seed = "14", tries = 3000)
    void garbageIsABlockOfItsCodecOrRefused(@ForAll @Size(max = 200) byte[] garbage) {
        Bytes bytes = Bytes.of(garbage);
        for (Runnable decode :
                List.<Runnable>of(() -> DagPb.decode(bytes), () -> UnixFs.decode(bytes), () -> DagCbor.links(bytes))) {
            Throwable refused = catchThrowable(decode::run);
            if (refused != null) assertThat(refused).isInstanceOf(MalformedException.class);
        }
    }

    private static byte[] car(List<byte[]> bodies) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        CarWriter writer = new CarWriter(out, Cid.of(Codec.RAW, Bytes.EMPTY));
        for (byte[] body : bodies) writer.block(Cid.of(Codec.RAW, Bytes.of(body)), Bytes.of(body));
        return out.toByteArray();
    }
}
