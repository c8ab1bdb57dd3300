package stella.node.dev;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.h2.store.fs.FilePath;

/** The H2 database in which event-sourced actors keep their events and snapshots. */
final class Journal {
    private static final String SCHEMA = "schema/h2/h2-create-schema.sql"; // comes with pekko-persistence-jdbc

    private Journal() {}

    /**
     * The JDBC address of the database in {@code folder}. A commit is on the disk before it is acknowledged (WRITE_DELAY=0), so that
     * a killed process loses nothing it promised; the process, not H2, decides when to close.
     */
    static String url(Path folder) {
        return "jdbc:h2:file:" + folder.resolve("journal").toAbsolutePath()
                + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE;DB_CLOSE_DELAY=-1";
    }

    /**
     * Initialises H2's file layer on the calling thread. The chain opens a store of its own at the same time, and H2's classes {@code
     * FilePath} and {@code FilePathWrapper} each want the other first: two threads that meet there wait for ever.
     */
    static void initialiseFiles() {
        FilePath.get("");
    }

    /** Creates the tables where they are not there yet. */
    static void prepare(String url) throws SQLException, IOException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            try (ResultSet tables = connection.getMetaData().getTables(null, "PUBLIC", "event_journal", null)) {
                if (tables.next()) return;
            }
            try (InputStream schema = Journal.class.getClassLoader().getResourceAsStream(SCHEMA)) {
                if (schema == null) throw new IOException("the class path has no " + SCHEMA);
                statement.execute(new String(schema.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
    }

    /** Closes the database for good, after the actor system has ended. */
    static void close(String url) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute("SHUTDOWN");
        }
    }
}
