package stella.protocol.inspection;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import stella.protocol.AccountId;
import stella.protocol.Bytes;
import stella.protocol.Digests;
import stella.protocol.Hash;
import stella.protocol.role.RoleId;

/**
 * Who looks at a subject in an epoch (clause IN-3). Chance decides, so nobody chooses whom to judge.
 *
 * @param members ascending
 * @param core the regular committee; the same as {@code members} unless the look is a close one
 */
public record Committee(SortedSet<AccountId> members, SortedSet<AccountId> core) {
    /** Members of a close look, besides three anchors. */
    public static final int CLOSE_SIZE = 24;

    public static final int CLOSE_ANCHORS = 3;

    public Committee {
        members = Collections.unmodifiableSortedSet(new TreeSet<>(members));
        core = Collections.unmodifiableSortedSet(new TreeSet<>(core));
    }

    /**
     * An Inspector in Probation or Trusted.
     *
     * @param operator the owner it declared
     * @param anchor named by governance
     */
    public record Candidate(AccountId account, Optional<AccountId> operator, boolean anchor) {
        /** Whether it belongs to the same owner as the subject, and must not judge it. */
        boolean isRelatedTo(RoleId subject, Optional<AccountId> operatorOfSubject) {
            AccountId owner = operatorOfSubject.orElse(subject.account());
            return account.equals(subject.account())
                    || account.equals(owner)
                    || operator.filter(o -> o.equals(owner) || o.equals(subject.account()))
                            .isPresent();
        }
    }

    private record Ranked(Candidate candidate, Hash rank) {}

    /**
     * Draws the committee: candidates by ascending {@code blake2b-256(seed || epoch u32 LE || subject || inspector)}.
     *
     * @param operator the owner the subject declared
     * @param closeLook whether the large committee looks
     * @param size {@code CommitteeSize}, of the regular committee
     */
    public static Committee draw(
            EpochInfo epoch,
            RoleId subject,
            Optional<AccountId> operator,
            Collection<Candidate> candidates,
            boolean closeLook,
            int size) {
        Bytes prefix = Bytes.concat(epoch.seed().bytes(), Draw.u32(epoch.epoch()), subject.bytes());
        List<Ranked> ranked = new ArrayList<>();
        for (Candidate candidate : candidates)
            if (!candidate.isRelatedTo(subject, operator)) ranked.add(new Ranked(candidate, rank(prefix, candidate)));
        ranked.sort(Comparator.comparing(Ranked::rank).thenComparing(one -> one.candidate.account));

        SortedSet<AccountId> core = first(ranked, size);
        if (!closeLook) return new Committee(core, core);
        SortedSet<AccountId> members = first(ranked, Math.max(size, CLOSE_SIZE));
        members.addAll(first(ranked.stream().filter(one -> one.candidate.anchor).toList(), CLOSE_ANCHORS));
        return new Committee(members, core);
    }

    private static Hash rank(Bytes prefix, Candidate candidate) {
        return Digests.blake2b256(prefix, RoleId.inspector(candidate.account).bytes());
    }

    private static SortedSet<AccountId> first(List<Ranked> ranked, int count) {
        SortedSet<AccountId> accounts = new TreeSet<>();
        ranked.stream().limit(count).forEach(one -> accounts.add(one.candidate.account));
        return accounts;
    }
}
