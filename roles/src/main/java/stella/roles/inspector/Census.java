package stella.roles.inspector;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import stella.protocol.AccountId;
import stella.protocol.Bytes;
import stella.protocol.chain.Constants;
import stella.protocol.deal.Deal;
import stella.protocol.deal.DealState;
import stella.protocol.inspection.Committee;
import stella.protocol.inspection.DealList;
import stella.protocol.inspection.EpochInfo;
import stella.protocol.inspection.Item;
import stella.protocol.role.Appeal;
import stella.protocol.role.ReputationEntry;
import stella.protocol.role.Role;
import stella.protocol.role.RoleEntry;
import stella.protocol.role.RoleId;
import stella.protocol.role.Standing;
import stella.reputation.InspectorState;
import stella.reputation.State;
import stella.reputation.SubjectState;
import stella.roles.Ledger;

/**
 * What the chain says at the first block of an epoch (IN-1), and the tasks that follow from it (IN-2, IN-3).
 */
record Census(
        EpochInfo info,
        List<RoleEntry> roles,
        List<Deal> deals,
        Map<Ledger.Node, ReputationEntry> reputation,
        List<AccountId> anchors,
        Map<RoleId, Appeal> appeals) {

    /** The population, ascending: who is registered and had not left before the epoch. */
    List<Member> members(long firstBlock) {
        List<Member> members = new ArrayList<>();
        for (RoleEntry role : present(firstBlock)) {
            boolean anchor = role.role() == Role.INSPECTOR && anchors.contains(role.account());
            members.add(new Member(
                    new RoleId(role.role(), role.account()),
                    role.endpoint(),
                    role.operator(),
                    anchor,
                    standingOnChain(role)));
        }
        members.sort(Comparator.comparing(Member::id));
        return members;
    }

    /**
     * The tasks of the epoch.
     *
     * @param adopted the state after the last adopted epoch
     */
    Plan plan(State adopted, Constants constants, long firstBlock) {
        List<RoleEntry> present = present(firstBlock);
        List<Committee.Candidate> candidates = candidates(present, adopted);
        Map<AccountId, DealList> byStore = new HashMap<>(); // looked up, never walked
        List<Long> all = new ArrayList<>();
        liveDealsByStore().forEach((store, deals) -> {
            byStore.put(store, DealList.of(deals));
            all.addAll(deals);
        });
        DealList every = DealList.of(all);

        SortedMap<RoleId, Plan.Assignment> assignments = new TreeMap<>();
        for (RoleEntry role : present) {
            if (role.role() == Role.INSPECTOR) continue;
            RoleId subject = new RoleId(role.role(), role.account());
            @Nullable SubjectState known = adopted.subjects().get(subject.bytes());
            Standing standing = known != null ? known.standing() : standingOnChain(role);
            if (standing == Standing.DISQUALIFIED) continue;
            DealList deals = role.role() == Role.FETCH ? every : byStore.getOrDefault(role.account(), DealList.NONE);
            List<Bytes> due = known != null ? known.due() : List.of();
            boolean appealed = hasAppealed(subject);
            int count = constants.itemsPerEpoch() * (appealed ? 2 : 1);
            List<Item> items = Item.draw(info.seed(), info.epoch(), subject, due, deals, count);
            if (items.isEmpty()) continue;
            boolean closeLook = appealed || (known != null && known.close());
            Committee committee =
                    Committee.draw(info, subject, role.operator(), candidates, closeLook, constants.committeeSize());
            assignments.put(subject, new Plan.Assignment(subject, items, committee, closeLook));
        }
        return new Plan(assignments);
    }

    /** An appeal of an epoch is heard in the next one, and in no other (RE-5). */
    private boolean hasAppealed(RoleId subject) {
        Appeal appeal = appeals.get(subject);
        return appeal != null && appeal.epoch() + 1 == info.epoch();
    }

    private List<RoleEntry> present(long firstBlock) {
        return roles.stream()
                .filter(role ->
                        role.leavingSince().isEmpty() || role.leavingSince().get() >= firstBlock)
                .toList();
    }

    private List<Committee.Candidate> candidates(List<RoleEntry> present, State adopted) {
        List<Committee.Candidate> candidates = new ArrayList<>();
        for (RoleEntry role : present) {
            if (role.role() != Role.INSPECTOR) continue;
            @Nullable
            InspectorState known =
                    adopted.inspectors().get(RoleId.inspector(role.account()).bytes());
            Standing standing = known != null ? known.standing() : standingOnChain(role);
            boolean anchor = known != null ? known.anchor() : anchors.contains(role.account());
            if (standing.isActive()) candidates.add(new Committee.Candidate(role.account(), role.operator(), anchor));
        }
        return candidates;
    }

    private SortedMap<AccountId, List<Long>> liveDealsByStore() {
        SortedMap<AccountId, List<Long>> byStore = new TreeMap<>();
        for (Deal deal : deals)
            if (deal.state() == DealState.ACTIVE)
                byStore.computeIfAbsent(deal.store(), _ -> new ArrayList<>()).add(deal.id());
        return byStore;
    }

    private Standing standingOnChain(RoleEntry role) {
        ReputationEntry entry = reputation.get(new Ledger.Node(role.role(), role.account()));
        return entry == null ? Standing.PROBATION : entry.standing();
    }
}
