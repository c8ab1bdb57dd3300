package stella.roles.inspector;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import stella.protocol.AccountId;
import stella.protocol.piece.Piece;
import stella.roles.Transfer;
import stella.roles.Transfer.Answer;
import stella.roles.Transfer.Possession;
import stella.roles.Transfer.Relayed;

/** How a subject is reached: at its own endpoint, or through a Fetch (IN-7). An empty answer says nothing about the subject. */
interface Line {
    CompletionStage<Optional<Answer>> block(String cid);

    CompletionStage<Optional<Possession>> possession(Piece piece, List<Long> leaves);

    /** Tries before a failure is believed. */
    int attemptsMax();

    static Line direct(Transfer transfer, String endpoint, InspectorSettings settings) {
        return new Line() {
            @Override
            public CompletionStage<Optional<Answer>> block(String cid) {
                return transfer.block(endpoint, cid, settings.deadline()).thenApply(Optional::of);
            }

            @Override
            public CompletionStage<Optional<Possession>> possession(Piece piece, List<Long> leaves) {
                return transfer.possession(endpoint, piece, leaves, settings.deadline())
                        .thenApply(Optional::of);
            }

            @Override
            public int attemptsMax() {
                return settings.attemptsMax();
            }
        };
    }

    /** Another relay is the second try. */
    static Line through(Relay relay, AccountId store, Transfer transfer, Duration deadline) {
        return new Line() {
            @Override
            public CompletionStage<Optional<Answer>> block(String cid) {
                return transfer.relayedBlock(relay.endpoint(), store, cid, deadline)
                        .thenApply(answer -> answer instanceof Relayed.Passed<Answer>(var passed)
                                ? Optional.of(passed)
                                : Optional.empty());
            }

            @Override
            public CompletionStage<Optional<Possession>> possession(Piece piece, List<Long> leaves) {
                return transfer.relayedPossession(relay.endpoint(), store, piece, leaves, deadline)
                        .thenApply(answer -> answer instanceof Relayed.Passed<Possession>(var passed)
                                ? signed(passed)
                                : Optional.empty());
            }

            // What a relay does not put its name to is no word about the Store.
            private Optional<Possession> signed(Possession passed) {
                boolean nameless = passed instanceof Possession.Proven(var _, var deliveredBy)
                        && !deliveredBy.equals(Optional.of(relay.account()));
                return nameless ? Optional.empty() : Optional.of(passed);
            }

            @Override
            public int attemptsMax() {
                return 1;
            }
        };
    }
}
