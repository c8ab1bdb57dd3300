package stella.roles.client;

import static org.assertj.core.api.Assertions.assertThat;
import static stella.roles.fakes.Samples.PIECE;
import static stella.roles.fakes.Samples.PRICE;
import static stella.roles.fakes.Samples.account;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import stella.protocol.AccountId;
import stella.protocol.deal.Ask;
import stella.protocol.deal.StorageRequest;
import stella.protocol.deal.Tier;
import stella.protocol.role.ReputationEntry;
import stella.protocol.role.Role;
import stella.protocol.role.RoleEntry;
import stella.protocol.role.Standing;
import stella.roles.Chance;
import stella.roles.Ledger;
import stella.roles.fakes.Samples;
import stella.roles.fakes.ScriptedChance;
import stella.roles.fakes.SeededChance;

/** Who fits a request, why the others do not, and the draw (reputation.md, section 10). */
class CandidatesTest {
    private static final long BLOCK = 50;
    private static final AccountId A = account(1);
    private static final AccountId B = account(2);
    private static final AccountId C = account(3);
    private static final SortedSet<AccountId> NOBODY = new TreeSet<>();

    private final List<RoleEntry> roles = new ArrayList<>();
    private final Map<AccountId, Ask> asks = new HashMap<>();
    private final Map<Ledger.Node, ReputationEntry> reputation = new HashMap<>();
    private StorageRequest terms = Samples.terms(1, 3);

    private void store(AccountId store, Standing standing, int score) {
        store(store, Optional.empty(), Samples.ask());
        standing(store, standing, score);
    }

    private void store(AccountId store, Optional<AccountId> operator, Ask ask) {
        RoleEntry entry = Samples.store(store);
        roles.add(new RoleEntry(entry.role(), store, entry.bond(), entry.endpoint(), operator, 0, Optional.empty(), 0));
        asks.put(store, ask);
    }

    private void standing(AccountId store, Standing standing, int score) {
        reputation.put(new Ledger.Node(Role.STORE, store), new ReputationEntry(score, standing, 0, 1));
    }

    private Candidates candidates() {
        return Candidates.of(terms, BLOCK, roles, asks, reputation);
    }

    private String unfit(Ask ask) {
        roles.clear();
        store(A, Optional.empty(), ask);
        Candidates found = candidates();
        assertThat(found.fitting()).isEmpty();
        return found.unfit().getOrDefault(A, "fits");
    }

    private static Ask ask(long sizeMin, long sizeMax, long periods, long capacity, Tier tier, long expiresAt) {
        return new Ask(PRICE, sizeMin, sizeMax, periods, capacity, tier, expiresAt);
    }

    private Optional<AccountId> draw(Chance chance) {
        return candidates().draw(NOBODY, NOBODY, chance);
    }

    // --- who fits ---------------------------------------------------------------------------------------------------

    @Test
    void storeThatJustFitsFits() {
        long size = PIECE.paddedSize();
        store(A, Optional.empty(), ask(size, size, 3, size, Tier.HOT, BLOCK + 1));

        assertThat(candidates().fitting()).containsOnlyKeys(A);
    }

    @Test
    void otherRolesAreNoCandidates() {
        RoleEntry entry = Samples.store(A);
        roles.add(
                new RoleEntry(Role.FETCH, A, entry.bond(), entry.endpoint(), Optional.empty(), 0, Optional.empty(), 0));

        assertThat(candidates().fitting()).isEmpty();
        assertThat(candidates().unfit()).isEmpty();
    }

    @Test
    void everyReasonIsSaidInWords() {
        assertThat(unfit(ask(1, 1 << 20, 100, 1 << 20, Tier.HOT, BLOCK))).contains("expired in block 50");
        assertThat(unfit(ask(1, 1 << 20, 100, 1 << 20, Tier.FILECOIN, 99))).contains("FILECOIN");
        assertThat(unfit(ask(1, 2, 100, 1 << 20, Tier.HOT, 99))).contains("takes pieces of 1 to 2 bytes");
        assertThat(unfit(ask(1 << 19, 1 << 20, 100, 1 << 20, Tier.HOT, 99))).contains("takes pieces of");
        assertThat(unfit(ask(1, 1 << 20, 100, 100, Tier.HOT, 99))).contains("has 100 bytes free");
        assertThat(unfit(ask(1, 1 << 20, 2, 1 << 20, Tier.HOT, 99))).contains("at most 2 periods, not 3");
        assertThat(unfit(Samples.ask(PRICE.add(BigInteger.ONE), 1 << 20))).contains("above " + PRICE);
    }

    @Test
    void storeWithoutAnAskDoesNotFit() {
        store(A, Optional.empty(), Samples.ask());
        asks.clear();

        assertThat(candidates().unfit()).containsEntry(A, "has no ask");
    }

    @Test
    void storeThatIsLeavingDoesNotFit() {
        RoleEntry entry = Samples.store(A);
        roles.add(
                new RoleEntry(Role.STORE, A, entry.bond(), entry.endpoint(), Optional.empty(), 0, Optional.of(40L), 0));
        asks.put(A, Samples.ask());

        assertThat(candidates().unfit()).containsEntry(A, "is leaving");
    }

    @Test
    void storeOutOfStandingDoesNotFit() {
        store(A, Standing.SUSPENDED, 900_000);
        store(B, Standing.DISQUALIFIED, 900_000);

        assertThat(candidates().unfit()).containsEntry(A, "is Suspended").containsEntry(B, "is Disqualified");
    }

    @Test
    void anyPriceFitsWhenTheClientNamesNone() {
        terms = new StorageRequest(terms.content(), PIECE, 1, 3, BigInteger.ZERO, Tier.HOT, terms.source());
        store(A, Optional.empty(), Samples.ask(BigInteger.TEN.pow(30), 1 << 20));

        assertThat(candidates().fitting()).containsOnlyKeys(A);
    }

    // --- prices and operators ---------------------------------------------------------------------------------------

    @Test
    void marketPriceLetsTwiceAsManyFitAsAreNeeded() {
        for (int i = 1; i <= 6; i++)
            store(account(i), Optional.empty(), Samples.ask(BigInteger.valueOf(10L * i), 1 << 20));

        assertThat(candidates().marketPrice(1)).isEqualTo(20);
        assertThat(candidates().marketPrice(2)).isEqualTo(40);
        assertThat(candidates().marketPrice(5)).isEqualTo(60);
        assertThat(candidates().upTo(BigInteger.valueOf(20)).fitting()).containsOnlyKeys(account(1), account(2));
        assertThat(candidates().upTo(BigInteger.valueOf(20)).unfit()).hasSize(4);
    }

    @Test
    void marketPriceOfNobodyIsNothing() {
        assertThat(candidates().marketPrice(1)).isZero();
    }

    @Test
    void oneOperatorIsOnePlace() {
        store(A, Optional.of(account(9)), Samples.ask());
        store(B, Optional.of(account(9)), Samples.ask());
        store(C, Optional.empty(), Samples.ask());

        assertThat(candidates().places()).isEqualTo(2);
    }

    @Test
    void oneOperatorGetsOneReplica() {
        store(A, Optional.of(account(9)), Samples.ask());
        store(B, Optional.of(account(9)), Samples.ask());
        SortedSet<AccountId> holding = new TreeSet<>(List.of(A));

        assertThat(candidates().draw(NOBODY, holding, new SeededChance(1))).isEmpty();
    }

    @Test
    void operatorThatIsAStoreItselfIsOnePlaceWithItsOthers() {
        store(A, Optional.empty(), Samples.ask());
        store(B, Optional.of(A), Samples.ask());

        assertThat(candidates().places()).isEqualTo(1);
    }

    // --- the draw ---------------------------------------------------------------------------------------------------

    @Test
    void betterOfTwoWins() {
        store(A, Standing.TRUSTED, 100);
        store(B, Standing.TRUSTED, 900);

        assertThat(draw(new ScriptedChance(0, 1))).contains(B);
        assertThat(draw(new ScriptedChance(1, 0))).contains(B);
        assertThat(draw(new ScriptedChance(0, 0))).contains(A);
    }

    @Test
    void firstWinsATie() {
        store(A, Standing.TRUSTED, 500);
        store(B, Standing.TRUSTED, 500);

        assertThat(draw(new ScriptedChance(0, 1))).contains(A);
        assertThat(draw(new ScriptedChance(1, 0))).contains(B);
    }

    @Test
    void newcomersGetTwoInAHundred() {
        store(A, Standing.TRUSTED, 900);
        store(B, Standing.PROBATION, 0);

        assertThat(draw(new ScriptedChance(1, 0, 0))).contains(B);
        assertThat(draw(new ScriptedChance(2, 0, 0))).contains(A);
    }

    @Test
    void storeWithoutReputationIsANewcomer() {
        store(A, Standing.TRUSTED, 900);
        store(B, Optional.empty(), Samples.ask());

        assertThat(draw(new ScriptedChance(0, 0, 0))).contains(B);
    }

    @Test
    void newcomersGetAllWhenNobodyIsTrusted() {
        store(A, Standing.PROBATION, 0);

        assertThat(draw(new ScriptedChance(99, 0, 0))).contains(A);
    }

    @Test
    void shareOfNewcomersOverManyDrawsIsSmall() {
        store(A, Standing.TRUSTED, 900);
        store(B, Standing.PROBATION, 0);
        Chance chance = new SeededChance(11);
        Candidates all = candidates();

        long newcomers = 0;
        for (int i = 0; i < 10_000; i++) if (all.draw(NOBODY, NOBODY, chance).equals(Optional.of(B))) newcomers++;

        assertThat(newcomers).isBetween(150L, 250L);
    }

    @Test
    void excludedStoresAreNotDrawn() {
        store(A, Standing.TRUSTED, 900);
        store(B, Standing.TRUSTED, 100);

        assertThat(candidates().draw(new TreeSet<>(List.of(A)), NOBODY, new SeededChance(1)))
                .contains(B);
        assertThat(candidates().draw(new TreeSet<>(List.of(A, B)), NOBODY, new SeededChance(1)))
                .isEmpty();
    }

    @Test
    void nobodyIsDrawnFromNobody() {
        assertThat(draw(new ScriptedChance())).isEmpty();
    }
}
