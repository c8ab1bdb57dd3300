//! What clients in other languages were told: names, indices, encodings. A change here breaks them.

use crate::{mock::*, types::*, *};
use codec::Encode;
use frame_support::traits::{GetCallIndex, GetCallName};
use scale_info::{TypeDef, TypeInfo};

fn variants<Type: TypeInfo>() -> Vec<(u8, &'static str)> {
    let TypeDef::Variant(variants) = Type::type_info().type_def else { panic!("not an enum") };
    variants.variants.iter().map(|variant| (variant.index, variant.name)).collect()
}

fn counted(names: &'static str) -> Vec<(u8, &'static str)> {
    (0..).zip(names.split_whitespace()).collect()
}

#[test]
fn calls_keep_their_indices() {
    let calls: Vec<_> =
        Call::<Test>::get_call_indices().iter().copied().zip(Call::<Test>::get_call_names().iter().copied()).collect();
    assert_eq!(
        calls,
        [
            (0, "register_role"),
            (1, "update_endpoint"),
            (2, "leave_role"),
            (3, "withdraw_bond"),
            (4, "top_up_credits"),
            (5, "withdraw_credits"),
            (6, "top_up_with_asset"),
            (7, "publish_ask"),
            (8, "withdraw_ask"),
            (9, "request_storage"),
            (10, "cancel_request"),
            (11, "accept_deal"),
            (12, "submit_proof"),
            (13, "submit_multi_proof"),
            (14, "renew_deal"),
            (15, "end_deal"),
            (16, "commit_verdicts"),
            (17, "reveal_verdicts"),
            (18, "attest_reputation"),
            (19, "record_archive"),
            (20, "set_anchors"),
            (21, "disqualify"),
            (22, "appeal"),
            (23, "question_verdict"),
            (24, "answer_question"),
            (25, "confirm_operator"),
        ]
    );
}

#[test]
fn events_keep_their_indices() {
    let names = "RoleRegistered EndpointUpdated RoleLeft BondWithdrawn CreditsToppedUp CreditsWithdrawn AskPublished \
        AskWithdrawn StorageRequested RequestCancelled RequestExpired RequestFilled RequestDone ReplicaReopened \
        ReplicaNotReopened DealAccepted DealActivated ProofAccepted ProofRejected Fault DealEnded EpochStarted \
        VerdictsCommitted VerdictsRevealed ReputationAttested ReputationAdopted StandingChanged AnchorsSet \
        OperatorConfirmed DealRenewed EarlyEndPaid ArchiveRecorded Disqualified Appealed AppealWon AppealLost \
        VerdictQuestioned QuestionAnswered QuestionUnanswered";
    assert_eq!(variants::<Event<Test>>(), counted(names));
}

#[test]
fn enums_keep_their_indices() {
    assert_eq!(variants::<Role>(), counted("Store Fetch Inspector"));
    assert_eq!(variants::<Tier>(), counted("Hot Filecoin"));
    assert_eq!(variants::<Standing>(), counted("Probation Trusted Suspended Disqualified"));
    assert_eq!(variants::<RequestState>(), counted("Open Filled Done Cancelled Expired"));
    assert_eq!(variants::<DealState>(), counted("Accepted Active Completed Terminated EndedEarly Lapsed"));
    assert_eq!(variants::<Outcome>(), counted("Ok WrongBytes Refused AskBroken Unreachable"));
    assert_eq!(variants::<HardEvidence>(), counted("Ok Missed Invalid"));
    assert_eq!(variants::<AgendaItem<u64>>(), counted("RequestExpiry Deal Question Appeal"));
    assert_eq!(variants::<HoldReason>(), counted("RoleBond DealCollateral AppealFee QuestionBond"));
}

#[test]
fn errors_keep_their_indices() {
    let errors = variants::<Error<Test>>();
    assert_eq!(errors.len(), 67);
    assert!(errors.contains(&(21, "PriceOverflow")) && errors.contains(&(39, "StaleSeed")));
    assert!(errors.contains(&(66, "TooFewCredits")));
    assert!(errors.windows(2).all(|pair| pair[0].0 + 1 == pair[1].0));
}

#[test]
fn constants_have_the_names_that_nodes_read() {
    let names: Vec<_> = Stella::pallet_constants_metadata().into_iter().map(|constant| constant.name).collect();
    for name in "EpochLength ProvingPeriod ProvingWindow ChallengesPerProof MaxReplicas MaxPeriods RequestTtl \
        ActivationTimeout MaxConsecutiveFaults FaultSlash CollateralRatio UnbondingPeriod ItemsPerEpoch CommitteeSize \
        AttestationWindow StoreBond FetchBond InspectorBond AnswerWindow QuestionBond ForgeryPenalty AppealFee AppealPeriods Treasury RetentionPeriod MaxVerdicts MaxChanges MaxInspectors PalletId"
        .split_whitespace()
    {
        assert!(names.contains(&name), "{name} is missing");
    }
}

#[test]
fn commits_and_digests_hash_what_clients_hash() {
    let verdict = Verdict::<u64> { role: Role::Fetch, subject: 2, item: 3, outcome: Outcome::Ok { receipt: [4; 32] } };
    let expected = [&[4, 1][..], &2u64.to_le_bytes(), &[3, 0], &[4; 32]].concat();
    assert_eq!(vec![verdict].encode(), expected, "length, role, subject, item, outcome, receipt");

    let change =
        ReputationChange::<u64> { role: Role::Store, account: 2, score: 5, standing: Standing::Suspended, weight: 6 };
    let expected = [&[4, 0][..], &2u64.to_le_bytes(), &5u32.to_le_bytes(), &[2], &6u32.to_le_bytes()].concat();
    assert_eq!(vec![change].encode(), expected, "length, role, account, score, standing, weight");
}
