package stella.node.command;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import stella.node.api.document.Amounts;
import stella.node.api.document.NodePage;
import stella.protocol.deal.Pricing;
import stella.protocol.piece.Piece;

/**
 * What storing a piece would cost by the asks on chain, before anything is signed.
 *
 * @param priceMax planck per GiB and period: the limit given, else the highest ask that fits
 * @param reserve planck that would be set aside for all replicas and periods
 * @param fitting Stores whose ask fits
 * @param unfit why the others do not, a line each
 */
record Quote(BigInteger priceMax, BigInteger reserve, List<String> fitting, List<String> unfit) {
    static Quote of(NodePage nodes, Piece piece, int replicas, long periods, Optional<BigInteger> limit) {
        List<String> fitting = new ArrayList<>();
        List<String> unfit = new ArrayList<>();
        BigInteger highest = BigInteger.ZERO;
        for (NodePage.RegisteredNode node : nodes.nodes()) {
            if (!node.role().equals("Store")) continue;
            String name = Documents.who(node.name(), node.account());
            Optional<String> obstacle = obstacle(node, nodes.block(), piece, periods, limit);
            NodePage.Ask ask = node.ask();
            if (obstacle.isPresent() || ask == null) {
                unfit.add(name + " " + obstacle.orElse("has no ask"));
                continue;
            }
            fitting.add(name);
            highest = highest.max(ask.price());
        }
        BigInteger price = limit.orElse(highest);
        return new Quote(price, Pricing.reserve(price, piece, periods, replicas), fitting, unfit);
    }

    private static Optional<String> obstacle(
            NodePage.RegisteredNode node, long block, Piece piece, long periods, Optional<BigInteger> limit) {
        NodePage.Ask ask = node.ask();
        long size = piece.paddedSize();
        if (node.leavingSince() != null) return Optional.of("is leaving");
        if (!node.standing().equals("Probation") && !node.standing().equals("Trusted"))
            return Optional.of("is " + node.standing());
        if (ask == null) return Optional.of("has no ask");
        if (ask.expiresAt() <= block) return Optional.of("has an ask that expired in block " + ask.expiresAt());
        if (!ask.tier().equals("Hot")) return Optional.of("offers the tier " + ask.tier());
        if (size < ask.pieceSizeMin() || size > ask.pieceSizeMax())
            return Optional.of(
                    "takes pieces of " + ask.pieceSizeMin() + " to " + ask.pieceSizeMax() + " bytes, not " + size);
        if (size > ask.capacity()) return Optional.of("has " + ask.capacity() + " bytes free, not " + size);
        if (periods > ask.periodsMax()) return Optional.of("takes at most " + ask.periodsMax() + " periods");
        if (limit.isPresent() && ask.price().compareTo(limit.get()) > 0)
            return Optional.of("asks " + Amounts.text(ask.price()) + " per GiB and period");
        return Optional.empty();
    }
}
