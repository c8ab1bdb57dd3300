import java.net.URI;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Collectors;
import stella.gateway.client.ChainClient;
import stella.gateway.client.FinalizedListener;
import stella.gateway.client.Header;
import stella.gateway.metadata.ChainEvent;
import stella.gateway.rpc.RpcException;

/** Follows the finalized blocks of any chain and shows what happened in them: {@code FollowBlocks wss://HOST [BLOCKS]}. */
public final class FollowBlocks {
    public static void main(String[] arguments) throws Exception {
        int count = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 10;
        try (ChainClient chain = ChainClient.connect(URI.create(arguments[0]))
                .toCompletableFuture()
                .join()) {
            System.out.println("genesis " + chain.genesis() + ", runtime "
                    + chain.runtime().version());

            BlockingQueue<Header> blocks = new LinkedBlockingQueue<>();
            Runnable end = chain.follow(-1, new FinalizedListener() {
                @Override
                public void block(Header header) {
                    blocks.add(header); // the connection's thread must not wait
                }

                @Override
                public void ended(RpcException why) {
                    System.err.println(why.getMessage());
                }
            });
            for (int i = 0; i < count; i++) {
                Header header = blocks.take();
                List<ChainEvent> events =
                        chain.events(header.ref()).toCompletableFuture().join();
                System.out.println("block " + header.number() + " " + header.hash() + ": "
                        + events.stream()
                                .map(event -> event.pallet() + "." + event.name())
                                .collect(Collectors.joining(", ")));
            }
            end.run();
        }
    }
}
