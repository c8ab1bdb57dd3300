package stella.node.vault;

import java.io.IOException;
import java.nio.file.Path;
import stella.node.content.CarCheck;
import stella.node.content.Progress;
import stella.protocol.cid.Cid;
import stella.protocol.piece.Piece;
import stella.roles.Vault;

/** Brings one piece in: pull, verify everything (CT-4), put in its place. Blocks; what fails verification is deleted. */
final class Reception {
    private final VaultFolder folder;
    private final PieceFeed feed;

    Reception(VaultFolder folder, PieceFeed feed) {
        this.folder = folder;
        this.feed = feed;
    }

    /** On {@code Kept} the piece's files are in their place; else there is nothing but perhaps a part to go on with. */
    Vault.Intake take(Piece piece, Cid root, String source, Vault.Progress progress) throws IOException {
        folder.takeFromTrash(piece);
        Path part = folder.part(piece);
        return switch (feed.pull(source, piece.payloadSize(), part, progress)) {
            case PieceFeed.Pulled.Unreachable(int attempts, String detail) ->
                new Vault.Intake.SourceUnreachable(attempts, detail);
            case PieceFeed.Pulled.WrongSize(long found) -> {
                folder.deletePart(piece);
                yield new Vault.Intake.CommitmentMismatch(
                        piece.cid() + " of " + piece.payloadSize() + " bytes", found + " bytes");
            }
            case PieceFeed.Pulled.Whole _ -> verify(piece, root, part);
        };
    }

    private Vault.Intake verify(Piece piece, Cid root, Path part) throws IOException {
        CarCheck.Result result = CarCheck.check(part, root, piece, Progress.NONE);
        if (result.isSound()) {
            folder.publish(piece);
            return new Vault.Intake.Kept(piece.payloadSize());
        }
        folder.deletePart(piece);
        return switch (result) {
            case CarCheck.WrongRoot(Cid expected, Cid found) -> mismatch(expected, found.toString());
            case CarCheck.WrongPiece(Piece expected, Piece found) ->
                mismatch(expected.cid(), found.cid().toString());
            case CarCheck.WrongBlock(Cid cid, long position) -> mismatch(cid, "other bytes at byte " + position);
            case CarCheck.Incomplete(Cid missing) -> mismatch(missing, "the end of the CAR");
            case CarCheck.OutOfOrder _, CarCheck.NotAPiece _, CarCheck.Sound _ ->
                mismatch(piece.cid(), result.sentence());
        };
    }

    private static Vault.Intake mismatch(Cid expected, String found) {
        return new Vault.Intake.CommitmentMismatch(expected.toString(), found);
    }
}
