package stella.roles.inspector;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import stella.protocol.AccountId;
import stella.protocol.Bytes;
import stella.protocol.Digests;
import stella.protocol.Hash;
import stella.protocol.inspection.EpochInfo;
import stella.protocol.inspection.Outcome;
import stella.protocol.inspection.Verdict;
import stella.protocol.role.Role;
import stella.protocol.role.RoleId;

/**
 * What one Inspector knows and has done about one epoch.
 *
 * @param members population, ascending
 * @param secret decides when items are looked at, and salts the commitment; nobody else's until the reveal
 * @param found outcomes so far; empty for a duty that turned out to be none
 * @param receipts of those that are Ok, for the chain if it asks (IN-8)
 * @param questioned whether the verdicts of others have been compared with its own (IN-8)
 * @param silence why nothing more will be said about the epoch, for people; only with {@link Stage#SILENT}
 */
public record EpochWork(
        EpochInfo info,
        List<Member> members,
        Plan plan,
        Hash secret,
        SortedMap<Plan.Duty, Optional<Outcome>> found,
        SortedMap<Plan.Duty, KeptReceipt> receipts,
        Stage stage,
        boolean questioned,
        String silence) {

    /** How far the Inspector's own say has come. */
    public enum Stage {
        INSPECTING,
        /** No more verdicts: what is committed to is fixed. */
        SEALED,
        COMMITTED,
        REVEALED,
        SILENT
    }

    private static final Bytes SALT = Bytes.utf8("stella:salt");
    private static final Bytes RELAY = Bytes.utf8("stella:relay");
    private static final Bytes ASK = Bytes.utf8("stella:ask");
    private static final Bytes QUESTION = Bytes.utf8("stella:question");
    private static final Bytes MOMENT = Bytes.utf8("stella:moment");

    public EpochWork {
        members = List.copyOf(members);
        found = Collections.unmodifiableSortedMap(new TreeMap<>(found));
        receipts = Collections.unmodifiableSortedMap(new TreeMap<>(receipts));
    }

    static EpochWork opened(EpochInfo info, List<Member> members, Plan plan, Hash secret) {
        return new EpochWork(
                info, members, plan, secret, new TreeMap<>(), new TreeMap<>(), Stage.INSPECTING, false, "");
    }

    /** The first look at a duty counts, with its own receipt. */
    EpochWork with(Fact.Found look) {
        if (found.containsKey(look.duty())) return this;
        TreeMap<Plan.Duty, Optional<Outcome>> more = new TreeMap<>(found);
        more.put(look.duty(), look.outcome());
        TreeMap<Plan.Duty, KeptReceipt> kept = new TreeMap<>(receipts);
        look.receipt().ifPresent(receipt -> kept.put(look.duty(), receipt));
        return new EpochWork(info, members, plan, secret, more, kept, stage, questioned, silence);
    }

    EpochWork at(Stage next) {
        return new EpochWork(info, members, plan, secret, found, receipts, next, questioned, silence);
    }

    EpochWork compared() {
        return new EpochWork(info, members, plan, secret, found, receipts, stage, true, silence);
    }

    EpochWork silent(String reason) {
        return new EpochWork(info, members, plan, secret, found, receipts, Stage.SILENT, questioned, reason);
    }

    EpochWork moved(RoleId subject, String endpoint) {
        List<Member> moved = members.stream()
                .map(member -> member.id().equals(subject) ? member.at(endpoint) : member)
                .toList();
        return new EpochWork(info, moved, plan, secret, found, receipts, stage, questioned, silence);
    }

    /** A role of the population. */
    Optional<Member> member(RoleId id) {
        int at = Collections.binarySearch(members.stream().map(Member::id).toList(), id);
        return at < 0 ? Optional.empty() : Optional.of(members.get(at));
    }

    /** Duties of {@code inspector} that nothing is known about yet. */
    List<Plan.Duty> open(AccountId inspector) {
        return plan.dutiesOf(inspector).stream()
                .filter(duty -> !found.containsKey(duty))
                .toList();
    }

    /** What is committed to and revealed, ascending. */
    public List<Verdict> verdicts() {
        List<Verdict> verdicts = new ArrayList<>();
        found.forEach((duty, outcome) -> outcome.ifPresent(value ->
                verdicts.add(new Verdict(duty.subject().role(), duty.subject().account(), duty.index(), value))));
        return verdicts;
    }

    public Hash salt() {
        return Digests.blake2b256(SALT, secret.bytes());
    }

    /** Blocks after the epoch's first one at which to look, from 0 to {@code span - 1}; known to nobody else. */
    long moment(Plan.Duty duty, long span) {
        return draw(Bytes.concat(duty.subject().bytes(), Bytes.of((byte) duty.index())), span);
    }

    /** Blocks into the window at which to attest. */
    long attestMoment(long span) {
        return draw(Bytes.EMPTY, span);
    }

    /**
     * The Fetch nodes through which a duty is carried out, in order; empty when it is carried out directly (IN-7). Each has another
     * owner, and none is the subject's or the Inspector's own.
     */
    List<Relay> relays(Plan.Duty duty, AccountId self) {
        Bytes what = Bytes.concat(RELAY, duty.subject().bytes(), Bytes.of((byte) duty.index()));
        Optional<Member> own = member(RoleId.inspector(self));
        Optional<Member> subject = member(duty.subject());
        boolean relayed = own.filter(Member::anchor).isPresent() || draw(what, Relay.ONE_IN) == 0;
        if (!relayed || subject.isEmpty() || duty.subject().role() != Role.STORE) return List.of();
        Set<AccountId> owners = new HashSet<>(); // asked, never walked
        owners.add(subject.get().owner());
        own.ifPresent(inspector -> owners.add(inspector.owner()));
        List<Relay> relays = members.stream()
                .filter(member ->
                        member.id().role() == Role.FETCH && member.standing().isActive())
                .sorted(Comparator.comparing(member ->
                        Digests.blake2b256(secret.bytes(), what, member.id().bytes())))
                .filter(member -> owners.add(member.owner()))
                .limit(Relay.ASKED_MAX)
                .map(member -> new Relay(member.id().account(), member.endpoint()))
                .toList();
        return relays.size() < Relay.AGREEING ? List.of() : relays;
    }

    /** Blocks into the window for questions at which to compare, so that not all Inspectors question the same verdict. */
    long questionMoment(long span) {
        return draw(QUESTION, span);
    }

    /** Decides with which terms a Store's ask is queried. */
    long askDraw(RoleId subject) {
        return draw(Bytes.concat(ASK, subject.bytes()), Long.MAX_VALUE);
    }

    private long draw(Bytes what, long span) {
        byte[] drawn = Digests.blake2b256(MOMENT, secret.bytes(), what).toArray();
        return Long.remainderUnsigned(ByteBuffer.wrap(drawn).getLong(), Math.max(1, span));
    }
}
