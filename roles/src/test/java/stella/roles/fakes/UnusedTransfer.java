package stella.roles.fakes;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import stella.protocol.AccountId;
import stella.protocol.Hash;
import stella.protocol.piece.Piece;
import stella.roles.Transfer;

/** A transfer whose user must not ask for anything; a test overrides what it allows. */
public abstract class UnusedTransfer implements Transfer {
    private static AssertionError unused(String what) {
        return new AssertionError("nobody asks for " + what + " in this test");
    }

    @Override
    public CompletionStage<Answer> block(String endpoint, String cid, Duration deadline) {
        throw unused("blocks");
    }

    @Override
    public CompletionStage<Possession> possession(String endpoint, Piece piece, List<Long> leaves, Duration deadline) {
        throw unused("leaves");
    }

    @Override
    public CompletionStage<Relayed<Answer>> relayedBlock(
            String gateway, AccountId store, String cid, Duration deadline) {
        throw unused("relayed blocks");
    }

    @Override
    public CompletionStage<Relayed<Possession>> relayedPossession(
            String gateway, AccountId store, Piece piece, List<Long> leaves, Duration deadline) {
        throw unused("relayed leaves");
    }

    @Override
    public CompletionStage<Quoted> ask(String endpoint, Terms terms, Duration deadline) {
        throw unused("asks");
    }

    @Override
    public CompletionStage<Published> published(String endpoint, Hash name, Duration deadline) {
        throw unused("what is published");
    }
}
