//! Relations between constants that the pallet relies on, checked when a runtime is tested.

use crate::{types::*, *};
use frame_support::traits::Get;
use sp_runtime::traits::Zero;

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
