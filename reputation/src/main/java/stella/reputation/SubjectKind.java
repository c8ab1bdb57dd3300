package stella.reputation;

/** What a subject of inspections does: hold pieces, or serve them to readers. */
public enum SubjectKind {
    STORE,
    FETCH
}
