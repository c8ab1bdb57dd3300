package stella.roles.inspector;

import java.util.List;
import java.util.Optional;
import stella.protocol.AccountId;
import stella.protocol.Bytes;
import stella.protocol.cid.Cid;
import stella.protocol.cid.MalformedException;
import stella.protocol.inspection.Item;
import stella.protocol.inspection.Outcome;
import stella.protocol.inspection.Receipt;
import stella.protocol.inspection.Walk;
import stella.protocol.piece.Piece;
import stella.protocol.possession.LeafProof;
import stella.protocol.unixfs.Link;
import stella.protocol.unixfs.Links;
import stella.roles.Transfer;

/**
 * One look at one item (IN-2, IN-4): walk from the content's root to a block as a reader would, verify each block, then ask for
 * the receipt. Pure: it says what to ask next, and reads answers.
 *
 * @param item what to look at
 * @param piece of the deal
 * @param leaf of the receipt, this Inspector's own
 * @param gateway the Fetch that is looked at: its receipt is worth something only with its signature
 */
record Inspection(Item item, Cid root, Piece piece, long leaf, Optional<AccountId> gateway) {

    /** What to do next. */
    sealed interface Step {
        /** Ask for a block at this depth. */
        record AskBlock(Cid cid, int depth) implements Step {}

        /** The block of the item was served: ask for the leaf of the receipt. */
        record AskReceipt() implements Step {}

        record Done(Outcome outcome) implements Step {}

        /** All was served as promised, and {@code receipt} shows it: the outcome is Ok. */
        record Served(LeafProof receipt) implements Step {
            Outcome outcome() {
                return new Outcome.Ok(Receipt.digest(receipt));
            }
        }

        /** Nothing can be said about the item, and it is nobody's fault but the client's who named it so. */
        record Impossible(String reason) implements Step {}
    }

    /** @throws IllegalArgumentException when {@code content} is no CID; the chain does not check what a client asks for */
    static Inspection of(Item item, Bytes content, Piece piece, long leaf, Optional<AccountId> gateway) {
        return new Inspection(item, Cid.of(content), piece, leaf, gateway);
    }

    Step begin() {
        return ask(root, 0);
    }

    Step onBlock(Step.AskBlock asked, Transfer.Answer answer) {
        return switch (answer) {
            case Transfer.Answer.Block(Bytes data) ->
                asked.cid().matches(data)
                        ? follow(asked.cid(), asked.depth(), data)
                        : new Step.Done(new Outcome.WrongBytes());
            case Transfer.Answer.Refused _ -> new Step.Done(new Outcome.Refused());
            case Transfer.Answer.Unreachable _ -> new Step.Done(new Outcome.Unreachable());
        };
    }

    Step onReceipt(Transfer.Possession answer) {
        return switch (answer) {
            case Transfer.Possession.Proven(List<LeafProof> leaves, Optional<AccountId> deliveredBy) -> {
                boolean right = leaves.size() == 1
                        && leaves.getFirst().index() == leaf
                        && leaves.getFirst().leadsTo(piece);
                if (!right) yield new Step.Done(new Outcome.WrongBytes());
                // A Fetch that does not put its name to a delivery refuses a part of what is asked.
                yield gateway.isEmpty() || gateway.equals(deliveredBy)
                        ? new Step.Served(leaves.getFirst())
                        : new Step.Done(new Outcome.Refused());
            }
            case Transfer.Possession.Refused _ -> new Step.Done(new Outcome.Refused());
            case Transfer.Possession.Unreachable _ -> new Step.Done(new Outcome.Unreachable());
        };
    }

    private Step ask(Cid cid, int depth) {
        if (cid.isIdentity()) return follow(cid, depth, cid.hash().digest()); // the block stands in its name
        if (!cid.hash().checkable()) return new Step.Impossible("the hash function of " + cid + " cannot be checked");
        return new Step.AskBlock(cid, depth);
    }

    private Step follow(Cid cid, int depth, Bytes data) {
        List<Link> links = links(cid, data);
        if (!Walk.goesOn(depth, links.size())) return new Step.AskReceipt();
        int next = Walk.next(item.walk(), depth, links.stream().map(Link::tsize).toList());
        return ask(links.get(next).cid(), depth + 1);
    }

    /** A block that is not of its codec's form has no links: it was served as named, and that is all that is asked. */
    private static List<Link> links(Cid cid, Bytes data) {
        try {
            return Links.of(cid, data);
        } catch (MalformedException e) {
            return List.of();
        }
    }
}
