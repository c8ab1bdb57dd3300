package stella.roles.inspector;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
import stella.protocol.AccountId;
import stella.protocol.Hash;
import stella.protocol.deal.Credits;
import stella.protocol.deal.Request;
import stella.roles.Ledger;

/** The parts of the chain an Inspector must not need; touching one fails the test. */
abstract class UnusedLedger implements Ledger {
    private static AssertionError unused(String what) {
        return new AssertionError("an Inspector does not read " + what);
    }

    @Override
    public Hash genesis() {
        throw unused("the genesis hash");
    }

    @Override
    public CompletionStage<Optional<Request>> request(long id, Hash at) {
        throw unused("requests");
    }

    @Override
    public CompletionStage<Credits> credits(AccountId account, Hash at) {
        throw unused("credits");
    }

    @Override
    public CompletionStage<Optional<Hash>> seed(long number, Hash at) {
        throw unused("seeds of blocks");
    }
}
