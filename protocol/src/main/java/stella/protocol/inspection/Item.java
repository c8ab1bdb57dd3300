package stella.protocol.inspection;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import stella.protocol.Bytes;
import stella.protocol.Digests;
import stella.protocol.Hash;
import stella.protocol.role.RoleId;

/**
 * One thing to look at (clause IN-2): a deal and the walk that leads through its content to one block.
 *
 * @param deal number of the deal, unsigned
 * @param walk decides each step of the way, see {@link Walk}
 */
public record Item(long deal, Hash walk) {
    /** Eight bytes of deal, 32 of walk. */
    public static final int LENGTH = 8 + Hash.LENGTH;

    private static final Bytes ITEM = Bytes.utf8("stella:item");
    private static final Bytes WALK = Bytes.utf8("stella:walk");

    /** The identifier in the reputation model: deal as big-endian u64, then walk. */
    public Bytes id() {
        byte[] number = ByteBuffer.allocate(8).putLong(deal).array();
        return Bytes.concat(Bytes.owning(number), walk.bytes());
    }

    /**
     * Reads {@link #id} back.
     *
     * @throws IllegalArgumentException for another length
     */
    public static Item of(Bytes id) {
        if (id.length() != LENGTH)
            throw new IllegalArgumentException("an item has " + LENGTH + " bytes, not " + id.length());
        return new Item(ByteBuffer.wrap(id.toArray()).getLong(), new Hash(id.slice(8, LENGTH)));
    }

    /**
     * The items of a subject in an epoch: those still due from earlier epochs whose deal is live, then fresh draws.
     *
     * @param seed of the epoch
     * @param due item ids of the reputation state, in its order
     * @param deals live deals the subject answers for, ascending: a Store's own, for a Fetch all
     * @param count {@code ItemsPerEpoch}
     * @return {@code count} items, none when there are no deals
     */
    public static List<Item> draw(Hash seed, long epoch, RoleId subject, List<Bytes> due, DealList deals, int count) {
        List<Item> items = new ArrayList<>(count);
        if (deals.isEmpty()) return items;
        for (Bytes id : due) {
            Item item = of(id);
            if (items.size() < count && deals.contains(item.deal)) items.add(item);
        }
        for (int i = 0; items.size() < count; i++) items.add(fresh(seed, epoch, subject, i, deals));
        return items;
    }

    private static Item fresh(Hash seed, long epoch, RoleId subject, int index, DealList deals) {
        Bytes rest = Bytes.concat(seed.bytes(), Draw.u32(epoch), subject.bytes(), Draw.u8(index));
        long drawn = Draw.below(deals.count(), ITEM, rest);
        return new Item(deals.at((int) drawn), Digests.blake2b256(WALK, rest));
    }
}
