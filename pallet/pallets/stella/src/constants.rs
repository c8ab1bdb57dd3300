//! Relations between constants that the pallet relies on, checked when a runtime is tested.

use crate::{types::*, *};
use frame_support::traits::{fungible::Inspect, Get};
use sp_runtime::traits::{Saturating, Zero};

impl<T: Config> Pallet<T> {
    pub(crate) fn check_constants() {
        let two = 2u32.into();
        assert!(T::ProvingWindow::get() < T::ProvingPeriod::get(), "ProvingWindow must be shorter than ProvingPeriod");
        assert!(!T::ProvingWindow::get().is_zero(), "ProvingWindow must not be empty");
        assert!(T::ActivationTimeout::get() > two, "ActivationTimeout must leave blocks for the first proof");
        assert!(T::EpochLength::get() >= two, "an epoch must have two halves");
        assert!(
            T::AttestationWindow::get() >= two && T::AttestationWindow::get() <= T::EpochLength::get(),
            "AttestationWindow must have two halves and be at most an epoch"
        );
        assert!(
            (1..=<MaxAnswers as Get<u32>>::get()).contains(&T::ChallengesPerProof::get()),
            "ChallengesPerProof must be 1 to what a proof can hold"
        );
        let four = 4u32.into();
        assert!(
            !T::AnswerWindow::get().is_zero()
                && T::AnswerWindow::get().saturating_mul(four) <= T::AttestationWindow::get(),
            "AnswerWindow must be 1 to a quarter of AttestationWindow: questions are over when attestation opens"
        );
        // A verdict can be in question until three epochs after its own began; bond and deal must still be there.
        assert!(
            T::UnbondingPeriod::get() >= T::EpochLength::get().saturating_mul(3u32.into()),
            "UnbondingPeriod must be three epochs, so that an Inspector's bond outlives the questions about its verdicts"
        );
        assert!(
            T::RetentionPeriod::get() >= T::EpochLength::get().saturating_mul(four),
            "RetentionPeriod must be four epochs, so that a receipt can name a deal that has ended since"
        );
        let smallest = T::Currency::minimum_balance();
        assert!(T::QuestionBond::get() >= smallest, "QuestionBond must be at least the existential deposit");
        assert!(T::AppealFee::get() >= smallest, "AppealFee must be at least the existential deposit");
        assert!(T::ForgeryPenalty::get() <= T::InspectorBond::get(), "ForgeryPenalty must be covered by InspectorBond");
        assert!(T::AppealPeriods::get() > 0, "an appeal must have an epoch to succeed in");
        assert!(T::MaxAgenda::get() >= 4, "every kind of deadline must find a place in a slot");
        assert!(T::MaxConsecutiveFaults::get() > 0, "a deal must survive its start");
        let fullest = T::WeightInfo::agenda_slot(T::MaxAgenda::get())
            .saturating_add(T::WeightInfo::agenda_item().saturating_mul(T::MaxAgenda::get().into()));
        assert!(
            fullest.all_lte(T::HookWeight::get()),
            "HookWeight {} must hold the fullest slot of the agenda, {fullest}",
            T::HookWeight::get()
        );
    }
}
