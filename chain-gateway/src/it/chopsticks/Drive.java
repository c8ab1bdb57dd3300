import java.math.BigInteger;
import java.net.URI;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import stella.gateway.client.ChainAlert;
import stella.gateway.client.ChainClient;
import stella.gateway.client.FinalizedListener;
import stella.gateway.client.Header;
import stella.gateway.client.Outcome;
import stella.gateway.extrinsic.Era;
import stella.gateway.extrinsic.SigningContext;
import stella.gateway.keys.Keypair;
import stella.gateway.metadata.CommonCalls;
import stella.gateway.metadata.Metadata;
import stella.gateway.metadata.Value;
import stella.gateway.rpc.RpcException;
import stella.gateway.stella.StellaFace;
import stella.protocol.AccountId;
import stella.protocol.Bytes;

/** Drives a server that is not ours: connect, metadata, follow, transfer, read. Ends with code 1 at the first thing that is wrong. */
public final class Drive {
    private static final BigInteger AMOUNT = BigInteger.TEN.pow(12);

    public static void main(String[] arguments) throws Exception {
        try (ChainClient chain = await(ChainClient.connect(URI.create(arguments[0])))) {
            Metadata metadata = chain.runtime().metadata();
            StellaFace.check(metadata);
            say("connected: " + chain.runtime().version() + ", metadata V" + metadata.version());

            BlockingQueue<Header> blocks = new LinkedBlockingQueue<>();
            BlockingQueue<ChainAlert> alerts = new LinkedBlockingQueue<>();
            chain.onAlert(alerts::add);
            chain.follow(-1, new FinalizedListener() {
                @Override
                public void block(Header header) {
                    blocks.add(header);
                }

                @Override
                public void ended(RpcException why) {}
            });
            Keypair alice = Keypair.fromSuri("//Alice");
            AccountId receiver = Keypair.fromSuri("//receiver//" + System.nanoTime()).account();
            Header head = await(chain.finalizedHead());
            require(balance(chain, receiver, head).signum() == 0, "a new account has no balance");
            for (int sent = 1; sent <= 3; sent++) {
                Outcome outcome = transfer(chain, alice, receiver);
                require(outcome instanceof Outcome.Succeeded, "transfer " + sent + " succeeds, not " + outcome);
                Outcome.Succeeded done = (Outcome.Succeeded) outcome;
                require(
                        done.events().stream().anyMatch(event -> event.is("Balances", "Transfer")),
                        "its events are those of a transfer");
                say("transfer " + sent + " in block " + done.block().number());
            }
            Header last = await(chain.finalizedHead());
            require(
                    balance(chain, receiver, last).equals(AMOUNT.multiply(BigInteger.valueOf(3))),
                    "the receiver has what was sent");
            long heard = -1;
            while (heard < last.number()) {
                Header next = blocks.poll(60, TimeUnit.SECONDS);
                require(next != null, "block " + last.number() + " is followed to");
                require(heard < 0 || next.number() == heard + 1, "blocks are followed without a gap");
                heard = next.number();
            }
            require(alerts.isEmpty(), "nothing is contradicted: " + alerts);
            long nonce = await(chain.runtimeCall(
                            "AccountNonceApi_account_nonce",
                            java.util.Map.of("account", Value.of(alice.account().bytes())),
                            last.hash()))
                    .longNumber();
            require(nonce == await(chain.nextNonce(alice.account())), "both ways to the nonce agree");
            say("followed to block " + heard + ", nonce " + nonce);
        }
    }

    private static Outcome transfer(ChainClient chain, Keypair from, AccountId to) {
        Bytes call = new CommonCalls(chain.runtime().metadata()).transfer(to, AMOUNT);
        Header head = await(chain.finalizedHead());
        SigningContext context = new SigningContext(
                chain.genesis(),
                chain.runtime().version(),
                await(chain.nextNonce(from.account())),
                Era.mortal(64, head.number()),
                head.hash(),
                BigInteger.ZERO);
        return await(chain.submit(chain.runtime().format().sign(call, context, from)));
    }

    private static BigInteger balance(ChainClient chain, AccountId account, Header at) {
        return await(chain.value("System", "Account", at.hash(), Value.of(account.bytes())))
                .orElseThrow()
                .field("data")
                .field("free")
                .number();
    }

    private static void require(boolean holds, String what) {
        if (holds) return;
        System.err.println("error: not so: " + what);
        System.exit(1);
    }

    private static void say(String line) {
        System.out.println(line);
    }

    private static <T> T await(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(120, TimeUnit.SECONDS).join();
    }
}
