package stella.node.api;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import stella.node.api.document.BlockRange;
import stella.node.api.document.DealEvent;
import stella.node.api.document.Json;
import stella.protocol.Hash;
import stella.protocol.chain.Block;

/**
 * What finalized blocks announced about deals, kept in a file across restarts. The chain has the state of a deal but not the way to
 * it, so this is for people only: nothing is decided by it, and losing it loses no money.
 *
 * <p>The file is a journal: a head with the network, then gaps, events, and marks (the last block seen). A torn last line is passed over. It
 * is written anew at each start, so that it never grows beyond what memory keeps. Any thread.
 */
final class History implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(History.class);
    private static final int DEALS_MAX = 10_000;
    private static final int EVENTS_PER_DEAL_MAX = 1_000;
    private static final int GAPS_MAX = 1_000;
    private static final int MARK_EVERY_BLOCKS = 64;

    private final Path file;
    private final Hash genesis;
    private final SortedMap<Long, List<DealEvent>> events = new TreeMap<>();
    /** Blocks that were finalized while this node did not watch, in order. */
    private final List<BlockRange> gaps = new ArrayList<>();

    private long since = -1;
    private long last = -1;
    private long marked = -1;

    /** One line of the journal: exactly one of the parts is there. */
    private record Line(
            @Nullable Head head,
            @Nullable Long mark,
            @Nullable DealEvent event,
            @Nullable BlockRange gap) {}

    /** @param since first block watched */
    private record Head(String genesis, long since) {}

    private History(Path file, Hash genesis) {
        this.file = file;
        this.genesis = genesis;
    }

    /** Reads the history of the network {@code genesis} from {@code file}; one of another network is begun anew. */
    static History open(Path file, Hash genesis) throws IOException {
        History history = new History(file, genesis);
        Files.createDirectories(file.toAbsolutePath().getParent());
        if (Files.exists(file)) history.load();
        history.rewrite();
        return history;
    }

    /** Notes what {@code block} announced; a block seen already, also before a restart, changes nothing. */
    synchronized void add(Block block) {
        if (block.number() <= last) return;
        boolean begins = since < 0 || block.number() > last + 1;
        if (since < 0) since = block.number();
        else if (begins) miss(new BlockRange(last + 1, block.number() - 1));
        last = block.number();
        List<DealEvent> news = DealEvents.of(block);
        news.forEach(this::keep);
        if (begins) rewriteOrWarn();
        else if (!news.isEmpty() || last - marked >= MARK_EVERY_BLOCKS) append(news);
    }

    synchronized List<DealEvent> of(long deal) {
        return List.copyOf(events.getOrDefault(deal, List.of()));
    }

    /** Which of the blocks {@code from} to {@code to} this node did not watch, so that their events are missing here. */
    synchronized List<BlockRange> unwatched(long from, long to) {
        List<BlockRange> missing = new ArrayList<>();
        long begin = since < 0 ? to + 1 : since;
        if (from < begin) missing.add(new BlockRange(from, Math.min(begin - 1, to)));
        for (BlockRange gap : gaps)
            if (gap.to() >= from && gap.from() <= to)
                missing.add(new BlockRange(Math.max(gap.from(), from), Math.min(gap.to(), to)));
        return missing;
    }

    @Override
    public synchronized void close() {
        if (last > marked) append(List.of());
    }

    /** Too many gaps become one long one: what is not known for sure counts as not watched. */
    private void miss(BlockRange gap) {
        gaps.add(gap);
        if (gaps.size() <= GAPS_MAX) return;
        BlockRange first = gaps.removeFirst();
        gaps.set(0, new BlockRange(first.from(), gaps.getFirst().to()));
    }

    private void keep(DealEvent event) {
        List<DealEvent> known = events.computeIfAbsent(event.deal(), _ -> new ArrayList<>());
        known.add(event);
        if (known.size() > EVENTS_PER_DEAL_MAX) known.removeFirst();
        if (events.size() > DEALS_MAX) events.remove(events.firstKey());
    }

    private void load() throws IOException {
        for (String text : Files.readAllLines(file, StandardCharsets.UTF_8)) {
            Optional<Line> line = parse(text);
            if (line.isEmpty()) continue;
            Head head = line.get().head();
            if (head != null) {
                if (!head.genesis().equals(genesis.toString())) return;
                since = head.since();
            }
            BlockRange gap = line.get().gap();
            if (gap != null) miss(gap);
            Long mark = line.get().mark();
            if (mark != null) last = Math.max(last, mark);
            DealEvent event = line.get().event();
            if (event != null && since >= 0) {
                keep(event);
                last = Math.max(last, event.block());
            }
        }
    }

    private static Optional<Line> parse(String text) {
        try {
            return Optional.of(Json.readTolerant(text, Line.class));
        } catch (IOException | IllegalArgumentException e) {
            LOG.warn(
                    "a line of the deal history cannot be read and is passed over, it has {} characters",
                    text.length());
            return Optional.empty();
        }
    }

    private void rewrite() throws IOException {
        StringBuilder lines = new StringBuilder();
        line(lines, new Line(new Head(genesis.toString(), since), null, null, null));
        gaps.forEach(gap -> line(lines, new Line(null, null, null, gap)));
        events.values().forEach(list -> list.forEach(event -> line(lines, new Line(null, null, event, null))));
        if (last >= 0) line(lines, new Line(null, last, null, null));
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.writeString(fresh, lines);
        Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        marked = last;
    }

    private void rewriteOrWarn() {
        try {
            rewrite();
        } catch (IOException e) {
            LOG.warn("the deal history cannot be written to {}: {}", file, e.getMessage());
        }
    }

    private void append(List<DealEvent> news) {
        StringBuilder lines = new StringBuilder();
        news.forEach(event -> line(lines, new Line(null, null, event, null)));
        line(lines, new Line(null, last, null, null));
        try {
            Files.writeString(file, lines, StandardOpenOption.APPEND);
            marked = last;
        } catch (IOException e) {
            LOG.warn("the deal history cannot be written to {}: {}", file, e.getMessage());
        }
    }

    private static void line(StringBuilder lines, Line line) {
        lines.append(Json.write(line)).append('\n');
    }
}
