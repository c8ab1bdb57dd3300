package stella.devchain;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import stella.gateway.keys.Keypair;
import stella.gateway.scale.ScaleWriter;
import stella.protocol.Bytes;
import stella.protocol.Digests;
import stella.protocol.Hash;

/** Signed extrinsics of Stella's runtime, put together by hand: tests of the chain do not lean on a client. */
public final class Transfers {
    private final Bytes genesis;
    private final long specVersion;
    private final long transactionVersion;

    public Transfers(RpcClient client) {
        this(client, client.result("state_getRuntimeVersion"));
    }

    private Transfers(RpcClient client, JsonNode version) {
        this(
                Hash.hex(client.result("chain_getBlockHash", 0).textValue()),
                version.get("specVersion").longValue(),
                version.get("transactionVersion").longValue());
    }

    public Transfers(Hash genesis, long specVersion, long transactionVersion) {
        this.genesis = genesis.bytes();
        this.specVersion = specVersion;
        this.transactionVersion = transactionVersion;
    }

    /** {@code Balances.transfer_allow_death} of {@code amount} planck, with a tip. */
    public String transfer(Keypair from, Bytes to, long amount, long nonce, long tip) {
        Bytes call = new ScaleWriter().u8(4).u8(0).u8(0).raw(to).compact(amount).toBytes();
        return sign(from, call, nonce, tip);
    }

    /** {@code System.remark} of some bytes. */
    public String remark(Keypair from, Bytes text, long nonce) {
        return sign(from, new ScaleWriter().u8(0).u8(0).bytes(text).toBytes(), nonce, 0);
    }

    /** {@code Sudo.sudo_unchecked_weight} around {@code System.set_code_without_checks}. */
    public String upgrade(Keypair from, Bytes wasm, long nonce) {
        return upgrade(from, 3, wasm, nonce);
    }

    /** The same around {@code System.set_code}, which compares versions. */
    public String checkedUpgrade(Keypair from, Bytes wasm, long nonce) {
        return upgrade(from, 2, wasm, nonce);
    }

    private String upgrade(Keypair from, int index, Bytes wasm, long nonce) {
        Bytes call = new ScaleWriter()
                .u8(6)
                .u8(1)
                .u8(0)
                .u8(index)
                .bytes(wasm)
                .compact(0)
                .compact(0)
                .toBytes();
        return sign(from, call, nonce, 0);
    }

    /** Any call, encoded. */
    public String call(Keypair from, Bytes call, long nonce) {
        return sign(from, call, nonce, 0);
    }

    /** Extensions: immortal era, nonce, tip, no metadata hash. */
    private String sign(Keypair from, Bytes call, long nonce, long tip) {
        Bytes extra = new ScaleWriter()
                .u8(0)
                .compact(nonce)
                .compact(BigInteger.valueOf(tip))
                .u8(0)
                .toBytes();
        Bytes implicit = new ScaleWriter()
                .u32(specVersion)
                .u32(transactionVersion)
                .raw(genesis)
                .raw(genesis)
                .u8(0)
                .toBytes();
        Bytes payload = Bytes.concat(call, extra, implicit);
        Bytes signature =
                from.sign(payload.length() > 256 ? Digests.blake2b256(payload).bytes() : payload);
        Bytes extrinsic = new ScaleWriter()
                .u8(0x84)
                .u8(0)
                .raw(from.account().bytes())
                .u8(1)
                .raw(signature)
                .raw(extra)
                .raw(call)
                .toBytes();
        return new ScaleWriter().bytes(extrinsic).toBytes().toHex0x();
    }
}
