package stella.gateway.stella;

import static stella.gateway.stella.Forms.account;
import static stella.gateway.stella.Forms.hash;
import static stella.gateway.stella.Forms.piece;
import static stella.gateway.stella.Forms.struct;
import static stella.gateway.stella.Forms.text;
import static stella.gateway.stella.Forms.word;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import stella.gateway.metadata.Metadata;
import stella.gateway.metadata.Value;
import stella.protocol.Bytes;
import stella.protocol.Hash;
import stella.protocol.chain.Call;
import stella.protocol.deal.Ask;
import stella.protocol.deal.FilecoinDeal;
import stella.protocol.deal.StorageRequest;
import stella.protocol.inspection.Outcome;
import stella.protocol.inspection.Verdict;
import stella.protocol.possession.LeafProof;
import stella.protocol.possession.MultiProof;
import stella.protocol.possession.PossessionProof;
import stella.protocol.role.Changes;
import stella.protocol.role.ReputationChange;

/** Calls of {@code pallet-stella} by its metadata. */
public final class StellaCalls {
    private StellaCalls() {}

    /** The call's own name in the pallet, for example {@code accept_deal}. */
    public static String name(Call call) {
        return switch (call) {
            case Call.RegisterRole _ -> "register_role";
            case Call.UpdateEndpoint _ -> "update_endpoint";
            case Call.LeaveRole _ -> "leave_role";
            case Call.WithdrawBond _ -> "withdraw_bond";
            case Call.TopUpCredits _ -> "top_up_credits";
            case Call.WithdrawCredits _ -> "withdraw_credits";
            case Call.PublishAsk _ -> "publish_ask";
            case Call.WithdrawAsk _ -> "withdraw_ask";
            case Call.RequestStorage _ -> "request_storage";
            case Call.CancelRequest _ -> "cancel_request";
            case Call.AcceptDeal _ -> "accept_deal";
            case Call.SubmitProof _ -> "submit_proof";
            case Call.CommitVerdicts _ -> "commit_verdicts";
            case Call.RevealVerdicts _ -> "reveal_verdicts";
            case Call.AttestReputation _ -> "attest_reputation";
            case Call.SetAnchors _ -> "set_anchors";
            case Call.TopUpWithAsset _ -> "top_up_with_asset";
            case Call.SubmitMultiProof _ -> "submit_multi_proof";
            case Call.RenewDeal _ -> "renew_deal";
            case Call.EndDeal _ -> "end_deal";
            case Call.RecordArchive _ -> "record_archive";
            case Call.Disqualify _ -> "disqualify";
            case Call.Appeal _ -> "appeal";
            case Call.QuestionVerdict _ -> "question_verdict";
            case Call.AnswerQuestion _ -> "answer_question";
            case Call.ConfirmOperator _ -> "confirm_operator";
        };
    }

    /**
     * SCALE of the call as it goes into a transaction.
     *
     * @throws stella.gateway.metadata.MismatchException when the chain's call takes something else, naming call and field
     */
    public static Bytes encode(Metadata metadata, Call call) {
        return metadata.call(StellaFace.PALLET, name(call), arguments(call));
    }

    private static Map<String, Value> arguments(Call call) {
        Forms.Struct fields = struct();
        return switch (call) {
            case Call.RegisterRole c ->
                fields.with("role", word(c.role()))
                        .with("endpoint", text(c.endpoint()))
                        .with("operator", Value.option(c.operator().map(Forms::account)))
                        .fields();
            case Call.UpdateEndpoint c ->
                fields.with("role", word(c.role()))
                        .with("endpoint", text(c.endpoint()))
                        .fields();
            case Call.LeaveRole c -> fields.with("role", word(c.role())).fields();
            case Call.WithdrawBond c -> fields.with("role", word(c.role())).fields();
            case Call.TopUpCredits c ->
                fields.with("amount", Value.of(c.amount())).fields();
            case Call.WithdrawCredits c ->
                fields.with("amount", Value.of(c.amount())).fields();
            case Call.PublishAsk c -> fields.with("ask", ask(c.ask())).fields();
            case Call.WithdrawAsk _ -> fields.fields();
            case Call.RequestStorage c ->
                fields.with("request", request(c.request())).fields();
            case Call.CancelRequest c ->
                fields.with("request", Value.of(c.request())).fields();
            case Call.AcceptDeal c ->
                fields.with("request", Value.of(c.request()))
                        .with("price", Value.of(c.price()))
                        .fields();
            case Call.SubmitProof c ->
                fields.with("deal", Value.of(c.deal()))
                        .with("proof", proof(c.proof()))
                        .fields();
            case Call.CommitVerdicts c ->
                fields.with("epoch", Value.of(c.epoch()))
                        .with("hash", hash(c.hash()))
                        .fields();
            case Call.RevealVerdicts c ->
                fields.with("epoch", Value.of(c.epoch()))
                        .with("salt", hash(c.salt()))
                        .with(
                                "verdicts",
                                list(c.verdicts().stream()
                                        .map(StellaCalls::verdict)
                                        .toList()))
                        .fields();
            case Call.AttestReputation c ->
                fields.with("epoch", Value.of(c.epoch()))
                        .with("digest", hash(c.digest()))
                        .with("changes", Value.option(c.changes().map(StellaCalls::changes)))
                        .fields();
            case Call.SetAnchors c ->
                fields.with(
                                "inspectors",
                                list(c.inspectors().stream().map(Forms::account).toList()))
                        .fields();
            case Call.TopUpWithAsset c ->
                fields.with("asset", Value.of(c.asset()))
                        .with("amount", Value.of(c.amount()))
                        .with("credits_min", Value.of(c.creditsMin()))
                        .fields();
            case Call.SubmitMultiProof c ->
                fields.with("deal", Value.of(c.deal()))
                        .with("proof", proof(c.proof()))
                        .fields();
            case Call.RenewDeal c ->
                fields.with("deal", Value.of(c.deal()))
                        .with("periods", Value.of(c.periods()))
                        .fields();
            case Call.EndDeal c -> fields.with("deal", Value.of(c.deal())).fields();
            case Call.RecordArchive c ->
                fields.with("deal", Value.of(c.deal()))
                        .with("archive", archive(c.archive()))
                        .fields();
            case Call.Disqualify c ->
                fields.with("role", word(c.role()))
                        .with("account", account(c.account()))
                        .with("reason", text(c.reason()))
                        .fields();
            case Call.Appeal c -> fields.with("role", word(c.role())).fields();
            case Call.QuestionVerdict c ->
                fields.with("epoch", Value.of(c.epoch()))
                        .with("inspector", account(c.inspector()))
                        .with("role", word(c.subject().role()))
                        .with("subject", account(c.subject().account()))
                        .with("item", Value.of(c.item()))
                        .fields();
            case Call.AnswerQuestion c ->
                fields.with("question", Value.of(c.question()))
                        .with("receipt", receipt(c.deal(), c.receipt()))
                        .fields();
            case Call.ConfirmOperator c ->
                fields.with("role", word(c.role()))
                        .with("account", account(c.account()))
                        .fields();
        };
    }

    private static Value ask(Ask ask) {
        return struct().with("price", Value.of(ask.price()))
                .with("piece_size_min", Value.of(ask.pieceSizeMin()))
                .with("piece_size_max", Value.of(ask.pieceSizeMax()))
                .with("periods_max", Value.of(ask.periodsMax()))
                .with("capacity", Value.of(ask.capacity()))
                .with("tier", word(ask.tier()))
                .with("expires_at", Value.of(ask.expiresAt()))
                .build();
    }

    private static Value request(StorageRequest request) {
        return struct().with("content", Value.of(request.content()))
                .with("piece", piece(request.piece()))
                .with("replicas", Value.of(request.replicas()))
                .with("periods", Value.of(request.periods()))
                .with("price_max", Value.of(request.priceMax()))
                .with("tier", word(request.tier()))
                .with("source", text(request.source()))
                .with("asset", Value.option(Optional.empty()))
                .build();
    }

    private static Value proof(PossessionProof proof) {
        return struct().with("seed", hash(proof.seed()))
                .with(
                        "answers",
                        list(proof.answers().stream().map(StellaCalls::answer).toList()))
                .build();
    }

    private static Value proof(MultiProof proof) {
        return struct().with("seed", hash(proof.seed()))
                .with("leaves", hashes(proof.leaves()))
                .with("nodes", hashes(proof.nodes()))
                .build();
    }

    private static Value receipt(long deal, LeafProof receipt) {
        return struct().with("deal", Value.of(deal))
                .with("proof", answer(receipt))
                .build();
    }

    private static Value archive(FilecoinDeal archive) {
        return struct().with("deal_id", Value.of(archive.dealId()))
                .with("provider", Value.of(archive.provider()))
                .with("proposal", Value.of(archive.proposal()))
                .build();
    }

    private static Value answer(LeafProof answer) {
        return struct().with("leaf", hash(answer.leaf()))
                .with("path", hashes(answer.path()))
                .build();
    }

    private static Value verdict(Verdict verdict) {
        return struct().with("role", word(verdict.role()))
                .with("subject", account(verdict.subject()))
                .with("item", Value.of(verdict.item()))
                .with("outcome", outcome(verdict.outcome()))
                .build();
    }

    private static Value outcome(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Ok ok -> struct().with("receipt", hash(ok.receipt())).as("Ok");
            case Outcome.WrongBytes _ -> Value.variant("WrongBytes");
            case Outcome.Refused _ -> Value.variant("Refused");
            case Outcome.AskBroken _ -> Value.variant("AskBroken");
            case Outcome.Unreachable _ -> Value.variant("Unreachable");
        };
    }

    private static Value changes(Changes changes) {
        return struct().with("state", hash(changes.state()))
                .with(
                        "entries",
                        list(changes.entries().stream().map(StellaCalls::change).toList()))
                .build();
    }

    private static Value change(ReputationChange change) {
        return struct().with("role", word(change.role()))
                .with("account", account(change.account()))
                .with("score", Value.of(change.scorePpm()))
                .with("standing", word(change.standing()))
                .with("weight", Value.of(change.weightPpm()))
                .build();
    }

    private static Value hashes(List<Hash> hashes) {
        return list(hashes.stream().map(Forms::hash).toList());
    }

    private static Value list(List<? extends Value> items) {
        return new Value.Sequence(List.copyOf(items));
    }
}
