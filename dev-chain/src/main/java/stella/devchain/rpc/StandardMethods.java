package stella.devchain.rpc;

import stella.devchain.DevControl;
import stella.devchain.chain.Chain;
import stella.devchain.chain.Genesis;

/** All methods of the chain. */
public final class StandardMethods {
    private StandardMethods() {}

    /**
     * @param transactionCame told after each transaction that the pool took
     * @param control for {@code dev_*}
     * @param unsafe whether methods are offered with which a stranger could disturb the chain
     */
    public static RpcMethods of(
            Chain chain, Genesis genesis, Runnable transactionCame, DevControl control, boolean unsafe) {
        RpcMethods methods = new RpcMethods();
        SystemMethods.addTo(methods, chain, genesis);
        ChainMethods.addTo(methods, chain);
        StateMethods.addTo(methods, chain);
        AuthorMethods.addTo(methods, chain.pool(), transactionCame);
        PaymentMethods.addTo(methods, chain);
        SpecMethods.addTo(methods, chain, genesis);
        ChainHeadMethods.addTo(methods, chain);
        ArchiveMethods.addTo(methods, chain);
        TransactionMethods.addTo(methods, chain, transactionCame, control::aside);
        if (!unsafe) return methods;
        AuthorMethods.addUnsafeTo(methods, chain.pool());
        DevMethods.addTo(methods, control, chain.blocks());
        return methods;
    }
}
