package stella.reputation.evaluation;

import java.util.List;
import stella.reputation.Sighting;
import stella.reputation.evaluation.Coin.About;
import stella.reputation.evaluation.Misconduct.Answer;

/** What inspectors see and say in a {@link Scenario}; a function of the seed alone. */
final class World {
    private final Scenario scenario;
    private final Coin coin;

    World(Scenario scenario, long seed) {
        this.scenario = scenario;
        this.coin = new Coin(seed);
    }

    Coin coin() {
        return coin;
    }

    /**
     * What one inspector reveals about a store.
     *
     * @param items numbers of the items in the order of the task
     */
    List<Sighting> row(int epoch, int store, int inspector, List<Long> items) {
        boolean nothingComes = unreachable(epoch, store, inspector, items);
        boolean refused = refuses(store, inspector);
        return items.stream()
                .map(item -> {
                    Sighting seen = nothingComes
                            ? Sighting.UNREACHABLE
                            : refused ? Sighting.FAIL : seen(epoch, store, inspector, item);
                    return said(seen, epoch, store, inspector, item);
                })
                .toList();
    }

    private Sighting seen(int epoch, int store, int inspector, long item) {
        if (coin.falls(transportError(inspector), About.LINK, look(store, item), inspector, epoch))
            return Sighting.UNREACHABLE;
        return switch (answer(epoch, store, item)) {
            case SERVES -> Sighting.OK;
            case FAILS -> Sighting.FAIL;
            case HANGS, DARK -> Sighting.UNREACHABLE;
        };
    }

    private Sighting said(Sighting seen, int epoch, int store, int inspector, long item) {
        return scenario.isLiar(inspector)
                ? scenario.lies().said(seen, scenario.side(store), coin, epoch, inspector, look(store, item))
                : seen;
    }

    private Answer answer(int epoch, int store, long item) {
        boolean bad = scenario.isBad(store);
        int epochs = scenario.size().epochs();
        long loss = bad ? scenario.misconduct().lossPpm(epoch, epochs) : Misconduct.HONEST_LOSS;
        if (!coin.falls(loss, About.LOSS, store, item, 0)) return Answer.SERVES;
        return bad ? scenario.misconduct().whenLost() : Answer.FAILS;
    }

    private boolean refuses(int store, int inspector) {
        boolean ally = scenario.isLiar(inspector);
        return scenario.isBad(store)
                && !ally
                && scenario.misconduct().refuses(coin, store, inspector, scenario.isAnchor(inspector));
    }

    private boolean unreachable(int epoch, int store, int inspector, List<Long> items) {
        int since = epoch - Weather.FROM;
        return switch (scenario.weather()) {
                    case OUTAGE ->
                        since >= 0
                                && since < Weather.OUTAGE_EPOCHS
                                && !scenario.isBad(store)
                                && coin.falls(Weather.OUTAGE_PPM, About.OUTAGE, store, 0, 0);
                    case PARTITION ->
                        since >= 0
                                && since < Weather.PARTITION_EPOCHS
                                && inspector >= scenario.size().inspectors() * 2 / 3;
                    case CALM, BAD_LINKS -> false;
                }
                || items.stream().anyMatch(item -> answer(epoch, store, item) == Answer.DARK);
    }

    private long transportError(int inspector) {
        boolean badLine = scenario.weather() == Weather.BAD_LINKS
                && inspector >= scenario.size().inspectors() - Weather.BAD_LINKS_COUNT;
        return badLine ? Weather.BAD_LINK_ERROR : Weather.TRANSPORT_ERROR;
    }

    private static long look(int store, long item) {
        return item * 100_003 + store;
    }
}
