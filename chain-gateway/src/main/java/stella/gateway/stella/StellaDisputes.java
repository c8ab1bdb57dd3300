package stella.gateway.stella;

import static stella.gateway.stella.Forms.account;
import static stella.gateway.stella.Forms.hash;
import static stella.gateway.stella.Forms.integer;
import static stella.gateway.stella.Forms.word;
import static stella.gateway.stella.PalletStorage.accountOf;
import static stella.gateway.stella.PalletStorage.roleOf;
import static stella.gateway.stella.PalletStorage.u64;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import stella.gateway.client.ChainClient;
import stella.gateway.metadata.MetadataException;
import stella.gateway.metadata.StorageEntry;
import stella.gateway.metadata.Value;
import stella.gateway.scale.ScaleReader;
import stella.protocol.AccountId;
import stella.protocol.Bytes;
import stella.protocol.Hash;
import stella.protocol.deal.FilecoinDeal;
import stella.protocol.inspection.Question;
import stella.protocol.inspection.VerdictId;
import stella.protocol.role.Appeal;
import stella.protocol.role.Role;
import stella.protocol.role.RoleId;

/**
 * What is doubted, appealed against and archived, at a block, as {@link StellaState} reads the rest. Stages fail as those of {@link ChainClient} do.
 */
public final class StellaDisputes {
    private final PalletStorage storage;

    public StellaDisputes(ChainClient client) {
        this.storage = new PalletStorage(client);
    }

    /** Questions that wait for an answer, by id. */
    public CompletionStage<List<Question>> questions(Hash at) {
        StorageEntry entry = storage.entry("Questions");
        return storage.keyed(
                        "Questions", at, (key, value) -> question(new ScaleReader(entry.lastKey(key, 0)).u64(), value))
                .thenApply(questions -> questions.stream()
                        .sorted(Comparator.comparingLong(Question::id))
                        .toList());
    }

    /** Verdicts of an epoch that count for nothing, because nobody could answer for them. */
    public CompletionStage<Set<VerdictId>> voided(long epoch, Hash at) {
        return storage.ofEpoch("Voided", epoch, at, (key, value) -> verdict(key))
                .thenApply(found -> found.stream().collect(Collectors.toUnmodifiableSet()));
    }

    /** Appeals that are not decided yet. */
    public CompletionStage<Map<RoleId, Appeal>> appeals(Hash at) {
        CompletionStage<List<Map.Entry<RoleId, Appeal>>> found = storage.keyed(
                "Appeals", at, (key, value) -> Map.entry(new RoleId(roleOf(key), accountOf(key)), appeal(value)));
        return found.thenApply(entries -> {
            Map<RoleId, Appeal> map = new TreeMap<>();
            entries.forEach(entry -> map.put(entry.getKey(), entry.getValue()));
            return map;
        });
    }

    /** Where a deal's piece is said to be archived. */
    public CompletionStage<Optional<FilecoinDeal>> archive(long deal, Hash at) {
        return storage.one(
                "Archives",
                u64(deal),
                at,
                value -> new FilecoinDeal(
                        value.field("deal_id").longNumber(),
                        value.field("provider").longNumber(),
                        value.field("proposal").bytes()));
    }

    private static Question question(long id, Value v) {
        VerdictId verdict = new VerdictId(
                account(v.field("inspector")),
                new RoleId(word(Role.class, v.field("role")), account(v.field("subject"))),
                integer(v.field("item")));
        return new Question(
                id,
                v.field("epoch").longNumber(),
                verdict,
                hash(v.field("receipt")),
                account(v.field("questioner")),
                v.field("bond").number(),
                v.field("deadline").longNumber());
    }

    private static Appeal appeal(Value v) {
        return new Appeal(
                v.field("epoch").longNumber(),
                v.field("fee").number(),
                v.field("deadline").longNumber());
    }

    /** Inspector, role, subject, item, as the second key of a map has them. */
    private static VerdictId verdict(Bytes key) {
        int length = AccountId.LENGTH + RoleId.LENGTH + 1;
        if (key.length() != length)
            throw new MetadataException("a verdict is named by " + length + " bytes, not " + key.length());
        try {
            return new VerdictId(
                    new AccountId(key.slice(0, AccountId.LENGTH)),
                    RoleId.of(key.slice(AccountId.LENGTH, length - 1)),
                    key.at(length - 1));
        } catch (IllegalArgumentException e) {
            throw new MetadataException("no verdict is named by " + key + ": " + e.getMessage());
        }
    }
}
