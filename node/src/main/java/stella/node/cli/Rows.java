package stella.node.cli;

import java.util.ArrayList;
import java.util.List;

/** Rows of equal columns. Close it, and the table is out. */
public final class Rows implements AutoCloseable {
    private final Console console;
    private final List<String> columns;
    private final List<Facts> waiting = new ArrayList<>();

    Rows(Console console, List<String> columns) {
        this.console = console;
        this.columns = columns;
    }

    /** A row; facts that are no column appear in JSON only. */
    public void add(Facts row) {
        switch (console.format()) {
            case NDJSON -> console.json(row.asMap());
            case PLAIN -> console.out().println(Tables.plain(columns, row));
            case TABLE, JSON -> waiting.add(row);
        }
    }

    @Override
    public void close() {
        if (console.format() == OutputFormat.JSON)
            console.json(waiting.stream().map(Facts::asMap).toList());
        if (console.format() == OutputFormat.TABLE) Tables.rows(console.out(), columns, waiting);
        console.out().flush();
    }
}
