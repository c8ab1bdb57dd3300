package stella.gateway.stella;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import stella.gateway.client.ChainClient;
import stella.gateway.client.StorageReader;
import stella.gateway.metadata.Metadata;
import stella.gateway.metadata.MetadataException;
import stella.gateway.metadata.StorageEntry;
import stella.gateway.metadata.Value;
import stella.gateway.rpc.RpcException;
import stella.gateway.scale.ScaleException;
import stella.gateway.scale.ScaleWriter;
import stella.protocol.AccountId;
import stella.protocol.Bytes;
import stella.protocol.Hash;
import stella.protocol.role.Role;

/** Reads the pallet's storage by the chain's metadata. What a node answers that is no value of the entry fails the stage as a malformed answer. */
final class PalletStorage {
    /** More entries than this under one prefix are refused, so that a node cannot fill the memory. */
    private static final int ENTRIES_MAX = 1_000_000;

    private static final int ENUM_KEY = 9; // twox64 of one byte, and the byte
    private static final int EPOCH_KEY_LENGTH = 4;
    private static final int ACCOUNT_HASH = 16; // blake2b-128 before the account

    private final ChainClient client;

    PalletStorage(ChainClient client) {
        this.client = client;
    }

    /** The value of an entry without keys. */
    <T> CompletionStage<Optional<T>> plain(String name, Hash at, Function<Value, T> reading) {
        StorageEntry entry = entry(name);
        return client.storage(entry.key(), at).thenApply(found -> found.map(bytes -> read(entry, bytes, reading)));
    }

    /** @param key encoded */
    <T> CompletionStage<Optional<T>> one(String name, Bytes key, Hash at, Function<Value, T> reading) {
        StorageEntry entry = entry(name);
        return client.storage(entry.key(key), at).thenApply(found -> found.map(bytes -> read(entry, bytes, reading)));
    }

    /** A whole map; {@code reading} gets the whole storage key. */
    <T> CompletionStage<List<T>> keyed(String name, Hash at, BiFunction<Bytes, Value, T> reading) {
        StorageEntry entry = entry(name);
        return under(entry, entry.prefix(), at, reading);
    }

    /** A double map by epoch: what it holds for one; {@code reading} gets the second key. */
    <T> CompletionStage<List<T>> ofEpoch(String name, long epoch, Hash at, BiFunction<Bytes, Value, T> reading) {
        StorageEntry entry = entry(name);
        return under(
                entry,
                entry.key(u32(epoch)),
                at,
                (key, value) -> reading.apply(entry.lastKey(key, EPOCH_KEY_LENGTH), value));
    }

    /** The same by epoch and account. */
    <T> CompletionStage<Map<AccountId, T>> accountsOfEpoch(
            String name, long epoch, Hash at, Function<Value, T> reading) {
        CompletionStage<List<Map.Entry<AccountId, T>>> found =
                ofEpoch(name, epoch, at, (key, value) -> Map.entry(account(key), reading.apply(value)));
        return found.thenApply(entries -> {
            Map<AccountId, T> map = new TreeMap<>();
            entries.forEach(item -> map.put(item.getKey(), item.getValue()));
            return map;
        });
    }

    StorageEntry entry(String name) {
        return metadata().pallet(StellaFace.PALLET).entry(name);
    }

    /** The role in a key that begins with one. */
    static Role roleOf(Bytes key) {
        int index = key.at(StorageEntry.PREFIX_LENGTH + ENUM_KEY - 1);
        Role[] roles = Role.values();
        if (index >= roles.length) throw new MetadataException("no role has the index " + index);
        return roles[index];
    }

    /** The account in a key of role and account. */
    static AccountId accountOf(Bytes key) {
        int at = StorageEntry.PREFIX_LENGTH + ENUM_KEY + ACCOUNT_HASH;
        if (key.length() < at)
            throw new MetadataException("a storage key of " + key.length() + " bytes ends too early");
        return account(key.slice(at, key.length()));
    }

    static Bytes u32(long number) {
        return new ScaleWriter().u32(number).toBytes();
    }

    static Bytes u64(long number) {
        return new ScaleWriter().u64(number).toBytes();
    }

    private <T> CompletionStage<List<T>> under(
            StorageEntry entry, Bytes prefix, Hash at, BiFunction<Bytes, Value, T> reading) {
        return client.storageReader().entries(prefix, ENTRIES_MAX, at).thenApply(found -> {
            List<T> all = new ArrayList<>(found.size());
            for (StorageReader.Entry item : found)
                all.add(typed(entry, () -> reading.apply(item.key(), decode(entry, item.value()))));
            return all;
        });
    }

    private <T> T read(StorageEntry entry, Bytes bytes, Function<Value, T> reading) {
        return typed(entry, () -> reading.apply(decode(entry, bytes)));
    }

    private static <T> T typed(StorageEntry entry, Supplier<T> reading) {
        try {
            return reading.get();
        } catch (ScaleException | MetadataException e) {
            throw RpcException.malformed("state_getStorage", entry + ": " + e.getMessage());
        }
    }

    private Value decode(StorageEntry entry, Bytes bytes) {
        return metadata().values().decode(entry.value(), bytes);
    }

    private Metadata metadata() {
        return client.runtime().metadata();
    }

    private static AccountId account(Bytes key) {
        if (key.length() != AccountId.LENGTH)
            throw new MetadataException("a storage key ends with " + key.length() + " bytes, which are no account");
        return new AccountId(key);
    }
}
