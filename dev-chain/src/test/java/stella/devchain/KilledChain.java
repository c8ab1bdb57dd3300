package stella.devchain;

import java.nio.file.Path;
import java.time.InstantSource;

/** The program that {@link KillIT} kills: makes blocks as fast as it can and prints each once it is made. */
public final class KilledChain {
    private KilledChain() {}

    public static void main(String[] arguments) {
        try (DevChain chain = DevChain.start(DevChainSettings.standard()
                .withMode(BlockMode.manual())
                .withClock(InstantSource.system())
                .withData(Path.of(arguments[0])))) {
            while (true) {
                String hash = chain.newBlock().toString();
                System.out.println(chain.bestNumber() + " " + hash);
            }
        }
    }
}
