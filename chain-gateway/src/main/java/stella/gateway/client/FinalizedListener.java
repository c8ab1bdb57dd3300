package stella.gateway.client;

import stella.gateway.rpc.RpcException;

/** Hears of finalized blocks, on the thread of the connection; must only pass them on. */
public interface FinalizedListener {
    /** The next finalized block; its number is one above the last one's and its parent is that block. */
    void block(Header header);

    /** There will be no more: the client is closed. */
    void ended(RpcException why);
}
