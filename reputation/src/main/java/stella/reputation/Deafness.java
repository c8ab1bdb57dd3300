package stella.reputation;

import static stella.reputation.Constants.DEAF_SUBJECTS;
import static stella.reputation.Constants.PPM;

import java.util.List;

/**
 * Section 6.3: an inspector who reaches fewer subjects than the others of the same committees has a broken line. It is deaf, and
 * says nothing about the subjects of this epoch. Weights are those of the previous epoch.
 */
final class Deafness {
    private Deafness() {}

    /** Marks the deaf and takes them out of all hearings. */
    static void silence(List<Hearing> hearings, Roster roster) {
        hearings.forEach(Deafness::addSurplus);
        for (Inspector inspector : roster.inspectors)
            inspector.deaf = inspector.heard >= DEAF_SUBJECTS && 4 * inspector.surplus > PPM * inspector.heard;
        for (Hearing hearing : hearings) {
            if (hearing.witnesses.stream().noneMatch(witness -> witness.inspector.deaf)) continue;
            hearing.witnesses = hearing.witnesses.stream()
                    .filter(witness -> !witness.inspector.deaf)
                    .toList();
        }
    }

    private static void addSurplus(Hearing hearing) {
        long known = 0;
        long dark = 0;
        for (Hearing.Witness witness : hearing.witnesses) {
            known += witness.inspector.weight;
            if (witness.dark()) dark += witness.inspector.weight;
        }
        for (Hearing.Witness witness : hearing.witnesses) {
            Inspector inspector = witness.inspector;
            long ownDark = witness.dark() ? inspector.weight : 0;
            long others = Rounding.share(dark - ownDark, known - inspector.weight);
            inspector.surplus += (witness.dark() ? PPM : 0) - others;
            inspector.heard++;
        }
    }
}
