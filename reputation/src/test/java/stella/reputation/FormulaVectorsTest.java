package stella.reputation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import stella.protocol.Bytes;
import stella.protocol.role.Standing;

/** The unit vectors of the specification, digit for digit. */
class FormulaVectorsTest {
    @Test
    void roundsTiesToEven() {
        for (JsonNode v : Vectors.unit("rdiv"))
            assertThat(Rounding.rdiv(at(v, 0), at(v, 1))).as("%s", v).isEqualTo(at(v, 2));
    }

    @Test
    void scoreIsTheFifthPercentile() {
        for (JsonNode v : Vectors.unit("beta_p05"))
            assertThat(BetaScore.of(at(v, 0), at(v, 1))).as("%s", v).isEqualTo(at(v, 2));
    }

    @Test
    void suspicionAddsUpEvidence() {
        for (JsonNode v : Vectors.unit("cusum"))
            assertThat(Cusum.suspicion(at(v, 0), at(v, 1))).as("%s", v).isEqualTo(at(v, 2));
    }

    @Test
    void cleanIsTheMirrorOfSuspicion() {
        for (JsonNode v : Vectors.unit("clean"))
            assertThat(Cusum.clean(at(v, 0), at(v, 1))).as("%s", v).isEqualTo(at(v, 2));
    }

    @Test
    void countersFadePerItem() {
        for (JsonNode v : Vectors.unit("beta_update")) {
            assertThat(BetaScore.alphaAfter(at(v, 0), at(v, 2))).as("%s", v).isEqualTo(at(v, 3));
            assertThat(BetaScore.betaAfter(at(v, 1), at(v, 2))).as("%s", v).isEqualTo(at(v, 4));
        }
    }

    @Test
    void committeeFractionSnapsToClearMajorities() {
        for (JsonNode v : Vectors.unit("fraction")) {
            CommitteeVote vote = new CommitteeVote();
            for (JsonNode one : v.get("votes")) vote.add(at(one, 0), at(one, 1) == 1);
            long expected = v.get("fraction").isNull()
                    ? CommitteeVote.NO_QUORUM
                    : v.get("fraction").longValue();
            assertThat(vote.fraction()).as("%s", v).isEqualTo(expected);
            if (expected == CommitteeVote.NO_QUORUM) continue;
            assertThat(CommitteeVote.judge(expected, false)).as("%s", v).isEqualTo(judgement(v.get("first")));
            assertThat(CommitteeVote.judge(expected, true)).as("%s", v).isEqualTo(judgement(v.get("close")));
        }
    }

    @Test
    void pairTrustEndsBeyondChance() {
        for (JsonNode v : Vectors.unit("pair_trust"))
            assertThat(PairTrust.of(at(v, 0), at(v, 1), at(v, 2), at(v, 3)))
                    .as("%s", v)
                    .isEqualTo(at(v, 4));
    }

    @Test
    void eigenTrustFollowsTheLinks() {
        for (JsonNode v : Vectors.unit("eigentrust")) {
            long[] preTrust = numbers(v.get("p"));
            EigenTrust.Restart restart = new EigenTrust.Restart(at(v.get("alpha"), 0), at(v.get("alpha"), 1));
            assertThat(EigenTrust.of(
                            links(v.get("rows")),
                            preTrust,
                            restart,
                            v.get("iterations").intValue()))
                    .as(v.get("name").textValue())
                    .isEqualTo(numbers(v.get("t")));
        }
    }

    @Test
    void eigenTrustRefusesToOverflow() {
        Links links = Links.of(2, 1, new int[] {0}, new int[] {1}, new long[] {Long.MAX_VALUE});

        assertThatThrownBy(() -> EigenTrust.of(links, new long[] {1_000_000_000, 0}, EigenTrust.Restart.STANDARD, 1))
                .isInstanceOf(ArithmeticException.class);
    }

    @Test
    void placementTakesTheBetterOfTwo() {
        TreeMap<Bytes, SubjectState> subjects = new TreeMap<>();
        for (JsonNode s : Vectors.unit("place").get("subjects"))
            subjects.put(Vectors.id(at(s, 0)), subject(Vectors.standing(s.get(2)), at(s, 1)));
        State state = new State(1, subjects, new TreeMap<>(), Pairs.NONE);
        for (JsonNode v : Vectors.unit("place").get("draws"))
            assertThat(Placement.choose(state, SubjectKind.STORE, Set.of(), word(v, 0), word(v, 1), word(v, 2)))
                    .as("%s", v)
                    .contains(Vectors.id(at(v, 3)));
    }

    @Test
    void placementSkipsTheChosenAndFindsNobodyAtLast() {
        TreeMap<Bytes, SubjectState> subjects = new TreeMap<>();
        subjects.put(Vectors.id(1), subject(Standing.TRUSTED, 900_000));
        subjects.put(Vectors.id(2), subject(Standing.TRUSTED, 100_000));
        State state = new State(1, subjects, new TreeMap<>(), Pairs.NONE);
        Set<Bytes> one = Set.of(Vectors.id(1));
        Set<Bytes> both = Set.of(Vectors.id(1), Vectors.id(2));

        assertThat(Placement.choose(state, SubjectKind.STORE, one, 50, 0, 0)).contains(Vectors.id(2));
        assertThat(Placement.choose(state, SubjectKind.STORE, both, 50, 0, 0)).isEmpty();
        assertThat(Placement.choose(state, SubjectKind.FETCH, Set.of(), 50, 0, 0))
                .isEmpty();
    }

    private static SubjectState subject(Standing standing, long score) {
        SubjectState s = SubjectState.newborn(SubjectKind.STORE, standing, 1);
        return new SubjectState(
                s.kind(), standing, 0, 0, 0, 0, 0, 0, 0, 1, 0, 1_000_000, false, false, 0, s.due(), s.open(), score);
    }

    private static CommitteeVote.Judgement judgement(JsonNode node) {
        return new CommitteeVote.Judgement(at(node, 0), node.get(1).booleanValue());
    }

    private static Links links(JsonNode rows) {
        int count = 0;
        for (JsonNode row : rows) count += row.size();
        int[] from = new int[count];
        int[] to = new int[count];
        long[] value = new long[count];
        int at = 0;
        for (int i = 0; i < rows.size(); i++)
            for (JsonNode link : rows.get(i)) {
                from[at] = i;
                to[at] = link.get(0).intValue();
                value[at++] = link.get(1).longValue();
            }
        return Links.of(rows.size(), count, from, to, value);
    }

    private static long[] numbers(JsonNode node) {
        long[] numbers = new long[node.size()];
        for (int i = 0; i < numbers.length; i++) numbers[i] = at(node, i);
        return numbers;
    }

    private static long at(JsonNode node, int index) {
        JsonNode number = node.get(index);
        assertThat(number.canConvertToLong()).isTrue();
        return number.longValue();
    }

    /** An unsigned 64-bit word. */
    private static long word(JsonNode node, int index) {
        BigInteger word = node.get(index).bigIntegerValue();
        assertThat(word.bitLength()).isLessThanOrEqualTo(64);
        return word.longValue();
    }
}
