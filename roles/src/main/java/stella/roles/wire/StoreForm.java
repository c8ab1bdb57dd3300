package stella.roles.wire;

import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import stella.roles.store.Custody;
import stella.roles.store.Engagement;
import stella.roles.wire.v1.Admitted;
import stella.roles.wire.v1.Opened;
import stella.roles.wire.v1.Released;
import stella.roles.wire.v1.Stage;
import stella.roles.wire.v1.StoreFact;
import stella.roles.wire.v1.StoreState;
import stella.roles.wire.v1.StoredEngagement;

/** Facts and state of {@link Custody} in protobuf form. */
final class StoreForm {
    private StoreForm() {}

    static StoreFact of(Custody.Fact fact) {
        StoreFact.Builder builder = StoreFact.newBuilder();
        switch (fact) {
            case Custody.Admitted admitted -> builder.setAdmitted(of(admitted.engagement()));
            case Custody.Kept(long request) -> builder.setKept(request);
            case Custody.Opened(long request, long deal) ->
                builder.setOpened(Opened.newBuilder().setRequest(request).setDeal(deal));
            case Custody.Released(long request, String reason) ->
                builder.setReleased(Released.newBuilder().setRequest(request).setReason(Wire.cut(reason)));
        }
        return builder.build();
    }

    static Custody.Fact read(StoreFact fact) {
        return switch (fact.getFactCase()) {
            case ADMITTED -> admitted(fact.getAdmitted());
            case KEPT -> new Custody.Kept(fact.getKept());
            case OPENED ->
                new Custody.Opened(
                        fact.getOpened().getRequest(), fact.getOpened().getDeal());
            case RELEASED ->
                new Custody.Released(
                        fact.getReleased().getRequest(), fact.getReleased().getReason());
            case FACT_NOT_SET -> throw new IllegalArgumentException("a fact of a later version");
        };
    }

    static StoreState of(Custody.State state) {
        StoreState.Builder builder = StoreState.newBuilder();
        for (Engagement engagement : state.engagements().values()) {
            StoredEngagement.Builder stored =
                    StoredEngagement.newBuilder().setAdmitted(of(engagement)).setStage(of(engagement.stage()));
            engagement.deal().ifPresent(stored::setDeal);
            builder.addEngagements(stored);
        }
        return builder.build();
    }

    static Custody.State read(StoreState state) {
        SortedMap<Long, Engagement> engagements = new TreeMap<>();
        for (StoredEngagement stored : state.getEngagementsList()) {
            Engagement admitted = admitted(stored.getAdmitted()).engagement();
            OptionalLong deal = stored.hasDeal() ? OptionalLong.of(stored.getDeal()) : OptionalLong.empty();
            engagements.put(
                    admitted.request(),
                    new Engagement(
                            admitted.request(),
                            admitted.admittedAt(),
                            admitted.piece(),
                            admitted.content(),
                            admitted.source(),
                            admitted.price(),
                            read(stored.getStage()),
                            deal));
        }
        return new Custody.State(engagements);
    }

    private static Admitted of(Engagement engagement) {
        return Admitted.newBuilder()
                .setRequest(engagement.request())
                .setBlock(engagement.admittedAt())
                .setPiece(Wire.piece(engagement.piece()))
                .setContent(Wire.bytes(engagement.content()))
                .setSource(engagement.source())
                .setPrice(engagement.price().toString())
                .build();
    }

    private static Custody.Admitted admitted(Admitted form) {
        return new Custody.Admitted(
                form.getRequest(),
                form.getBlock(),
                Wire.piece(form.getPiece()),
                Wire.bytes(form.getContent()),
                form.getSource(),
                Wire.amount(form.getPrice()));
    }

    private static Stage of(Engagement.Stage stage) {
        return switch (stage) {
            case PULLING -> Stage.PULLING;
            case ACCEPTING -> Stage.ACCEPTING;
            case HELD -> Stage.HELD;
        };
    }

    private static Engagement.Stage read(Stage stage) {
        return switch (stage) {
            case PULLING -> Engagement.Stage.PULLING;
            case ACCEPTING -> Engagement.Stage.ACCEPTING;
            case HELD -> Engagement.Stage.HELD;
            case STAGE_UNSPECIFIED, UNRECOGNIZED -> throw new IllegalArgumentException("unknown stage " + stage);
        };
    }
}
