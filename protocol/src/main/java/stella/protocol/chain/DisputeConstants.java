package stella.protocol.chain;

import java.math.BigInteger;

/**
 * Constants about doubts and appeals that a runtime was built with, beside {@link Constants} (clauses IN-8, RE-5).
 *
 * @param answerWindow blocks in which a questioned Inspector must answer
 * @param questionBond planck that a questioner puts up
 * @param forgeryPenalty planck that an Inspector without an answer pays to the questioner
 * @param appealFee planck that an appeal puts up
 * @param appealPeriods epochs after which an appeal is lost
 */
public record DisputeConstants(
        long answerWindow,
        BigInteger questionBond,
        BigInteger forgeryPenalty,
        BigInteger appealFee,
        int appealPeriods) {}
