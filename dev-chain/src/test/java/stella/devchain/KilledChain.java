package stella.devchain;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import stella.devchain.chain.BlockRecord;
import stella.devchain.chain.Chain;
import stella.devchain.chain.ChainListener;
import stella.devchain.host.RuntimeVersion;
import stella.devchain.pool.TransactionWatcher;
import stella.gateway.keys.Keypair;
import stella.gateway.scale.ScaleReader;
import stella.protocol.Bytes;

/** The program that {@link KillIT} kills: a chain under load that prints each block once it is announced, as best and as final. */
public final class KilledChain {
    private static final int PER_BLOCK = 30;

    private KilledChain() {}

    public static void main(String[] arguments) throws InterruptedException {
        Keypair alice = Keypair.fromSuri("//Alice");
        try (DevChain devChain = DevChain.start(DevChainSettings.standard()
                .withMode(BlockMode.interval(Duration.ofMillis(30)))
                .withFinalityLag(2)
                .withData(Path.of(arguments[0])))) {
            Chain chain = devChain.chain();
            BlockingQueue<BlockRecord> blocks = new LinkedBlockingQueue<>();
            chain.observe(new Printer(System.out, blocks), _ -> {});
            RuntimeVersion version =
                    chain.runtimeOf(chain.blocks().tip().state()).version();
            Transfers transfers =
                    new Transfers(chain.blocks().genesis(), version.specVersion(), version.transactionVersion());
            long nonce = new ScaleReader(chain.call(
                                    chain.blocks().best().hash(),
                                    "AccountNonceApi_account_nonce",
                                    alice.account().bytes())
                            .orElseThrow())
                    .u32();
            while (true) {
                blocks.take();
                for (int i = 0; i < PER_BLOCK; i++) {
                    String transfer = transfers.transfer(alice, alice.account().bytes(), 1, nonce++, 0);
                    chain.pool().submit(Bytes.hex(transfer), TransactionWatcher.NOBODY);
                }
            }
        }
    }

    private record Printer(PrintStream out, BlockingQueue<BlockRecord> blocks) implements ChainListener {
        @Override
        public void best(BlockRecord block) {
            print("best", block);
            blocks.add(block);
        }

        @Override
        public void finalized(BlockRecord block) {
            print("final", block);
        }

        private void print(String what, BlockRecord block) {
            out.println(what + " " + block.number() + " " + block.hash() + " "
                    + block.block().extrinsics().size());
        }
    }
}
