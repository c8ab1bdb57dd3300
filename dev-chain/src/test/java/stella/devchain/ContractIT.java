package stella.devchain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import stella.gateway.crypto.Blake2;
import stella.gateway.crypto.Twox;
import stella.gateway.keys.Keypair;
import stella.gateway.scale.ScaleReader;
import stella.gateway.scale.ScaleWriter;
import stella.protocol.AccountId;
import stella.protocol.Bytes;
import stella.protocol.Digests;

/**
 * A contract inside the runtime inside the JVM: its code is uploaded and run, its storage is a child trie, and it asks for storage in its own name. Every block
 * is executed once more, so roots of child tries are checked too.
 */
final class ContractIT {
    private static final Keypair ALICE = Keypair.fromSuri("//Alice");
    private static final int CONTRACTS = 12;
    private static final int STELLA = 20;
    private static final long SECOND = 1_000_000_000_000L;
    private static final long STL = 1_000_000_000_000L;
    private static final long NOT_DONE = 10;

    private static DevChain chain;
    private static RpcClient client;
    private static Transfers transfers;
    private static AccountId relay;

    @BeforeAll
    static void instantiate() throws IOException {
        chain = DevChain.start(DevChainSettings.standard()
                .withMode(BlockMode.manual())
                .withClock(TestRuntime.CLOCK)
                .withVerifyBlocks(true));
        client = new RpcClient(chain.rpcUri());
        transfers = new Transfers(client);
        Bytes code = Bytes.owning(Files.readAllBytes(Path.of("..", "vectors", "contract", "relay.wasm")));
        submit(gasAnd(7, null, 1_000 * STL)
                .bytes(code)
                .bytes(Bytes.EMPTY)
                .bytes(Bytes.EMPTY)
                .toBytes());
        relay = address(code);
    }

    @AfterAll
    static void stop() {
        client.close();
        chain.close();
    }

    @Test
    void contractTopsUpCreditsInItsOwnName() {
        Bytes topUp = new ScaleWriter().u8(STELLA).u8(4).compact(5 * STL).toBytes();

        submit(gasAnd(6, relay, 0).bytes(topUp).toBytes());

        Bytes credits = storage("Stella", "Credits", relay);
        assertThat(new ScaleReader(credits).u128().longValueExact()).isEqualTo(5 * STL);
        assertThat(lastReturnCode()).isZero();
    }

    @Test
    void contractGetsNoCallThroughThatIsNotForContracts() {
        Bytes batch = new ScaleWriter()
                .u8(7)
                .u8(0)
                .compact(1)
                .u8(STELLA)
                .u8(4)
                .compact(STL)
                .toBytes();

        submit(gasAnd(6, relay, 0).bytes(batch).toBytes());

        assertThat(lastReturnCode()).isEqualTo(NOT_DONE);
    }

    /** What the contract keeps under its key of one zero byte, by {@code ContractsApi_get_storage}: {@code Result<Option<Vec<u8>>, _>}. */
    private static long lastReturnCode() {
        Bytes request =
                new ScaleWriter().raw(relay.bytes()).bytes(Bytes.of((byte) 0)).toBytes();
        String answer = client.result("state_call", "ContractsApi_get_storage", request.toHex0x())
                .textValue();
        ScaleReader in = new ScaleReader(Bytes.hex(answer));
        assertThat(in.u8()).as("a result").isZero();
        Bytes kept = in.option(reader -> reader.bytes(4)).orElseThrow();
        return new ScaleReader(kept).u32();
    }

    /** A call of the pallet of contracts up to its gas: to {@code target}, or for a new contract. */
    private static ScaleWriter gasAnd(int call, @Nullable AccountId target, long value) {
        ScaleWriter out = new ScaleWriter().u8(CONTRACTS).u8(call);
        if (target != null) out.u8(0).raw(target.bytes());
        return out.compact(value).compact(SECOND / 2).compact(1L << 24).u8(0);
    }

    private static void submit(Bytes call) {
        long nonce = client.result("system_accountNextIndex", ALICE.account().toString())
                .longValue();
        client.result("author_submitExtrinsic", transfers.call(ALICE, call, nonce));
        chain.newBlock();
    }

    private static Bytes storage(String pallet, String entry, AccountId account) {
        Bytes key = Bytes.concat(
                twox(pallet),
                twox(entry),
                Bytes.owning(Blake2.blake2b128(account.bytes().toArray())),
                account.bytes());
        return Bytes.hex(client.result("state_getStorage", key.toHex0x()).textValue());
    }

    private static Bytes twox(String text) {
        return Bytes.owning(Twox.twox128(Bytes.utf8(text).toArray()));
    }

    /** The pallet's rule for addresses: deployer, hash of the code, input and salt. */
    private static AccountId address(Bytes code) {
        Bytes preimage = new ScaleWriter()
                .raw(Bytes.utf8("contract_addr_v1"))
                .raw(ALICE.account().bytes())
                .raw(Digests.blake2b256(code).bytes())
                .bytes(Bytes.EMPTY)
                .bytes(Bytes.EMPTY)
                .toBytes();
        return new AccountId(Digests.blake2b256(preimage).bytes());
    }
}
