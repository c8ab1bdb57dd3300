import java.math.BigInteger;
import java.net.URI;
import stella.gateway.client.ChainClient;
import stella.gateway.client.Header;
import stella.gateway.client.Outcome;
import stella.gateway.extrinsic.Era;
import stella.gateway.extrinsic.SigningContext;
import stella.gateway.keys.Keypair;
import stella.gateway.keys.Ss58;
import stella.gateway.metadata.CommonCalls;
import stella.protocol.AccountId;
import stella.protocol.Bytes;

/** Sends a transfer and waits until it is final: {@code SendTransfer ws://HOST SECRET_URI ADDRESS PLANCK}. */
public final class SendTransfer {
    public static void main(String[] arguments) {
        Keypair sender = Keypair.fromSuri(arguments[1]);
        AccountId receiver = Ss58.decode(arguments[2]).account();
        try (ChainClient chain = ChainClient.connect(URI.create(arguments[0]))
                .toCompletableFuture()
                .join()) {
            Bytes call = new CommonCalls(chain.runtime().metadata()).transfer(receiver, new BigInteger(arguments[3]));

            Header head = chain.finalizedHead().toCompletableFuture().join();
            SigningContext context = new SigningContext(
                    chain.genesis(),
                    chain.runtime().version(),
                    chain.nextNonce(sender.account()).toCompletableFuture().join(),
                    Era.mortal(64, head.number()),
                    head.hash(),
                    BigInteger.ZERO);
            Bytes transaction = chain.runtime().format().sign(call, context, sender);

            Outcome outcome = chain.submit(transaction, block -> System.out.println("included in " + block.number()))
                    .toCompletableFuture()
                    .join();
            switch (outcome) {
                case Outcome.Succeeded done ->
                    System.out.println("final in block " + done.block().number());
                case Outcome.Failed failed -> System.out.println("failed: " + failed.failure());
                case Outcome.Refused refused ->
                    System.out.println("refused: " + refused.refusal().text());
                case Outcome.Unknown unknown -> System.out.println("look for it in the blocks: " + unknown.why());
            }
        }
    }
}
