package stella.node.http;

import java.util.concurrent.CompletionStage;
import stella.protocol.AccountId;
import stella.roles.Transfer;
import stella.roles.store.AskCounter;

/** What a Store says to the terms of a stranger (AS-1); never completes exceptionally. */
public interface AskDesk {
    AccountId store();

    CompletionStage<Transfer.Quoted> quote(Transfer.Terms terms);

    static AskDesk of(AccountId store, AskCounter counter) {
        return new AskDesk() {
            @Override
            public AccountId store() {
                return store;
            }

            @Override
            public CompletionStage<Transfer.Quoted> quote(Transfer.Terms terms) {
                return counter.quote(terms);
            }
        };
    }
}
