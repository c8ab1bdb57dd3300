//! Questions about verdicts (IN-8): whoever claims an `Ok` must be able to show its receipt.

use crate::{
    agenda::Probes,
    commp,
    receipts::{self, Inspected},
    types::*,
    *,
};
use frame_support::{pallet_prelude::*, traits::Get};
use frame_system::pallet_prelude::BlockNumberFor;
use sp_runtime::{traits::Saturating, DispatchError};

impl<T: Config> Pallet<T> {
    /// Says how many verdicts were searched.
    pub(crate) fn do_question_verdict(
        questioner: T::AccountId,
        epoch: u32,
        verdict: VerdictKeyOf<T>,
    ) -> Result<u32, DispatchError> {
        let wanted = Self::now().saturating_add(T::AnswerWindow::get());
        let closes = Self::attestation_opens(epoch);
        let (current, _) = Self::phase();
        ensure!(current > epoch && wanted <= closes, Error::<T>::WrongPhase);
        let (inspector, role, subject, item) = verdict.clone();
        let verdicts = Reveals::<T>::get(epoch, &inspector).ok_or(Error::<T>::NoSuchVerdict)?;
        // Of two verdicts for the same item the first counts.
        let outcome = verdicts.iter().find(|it| (it.role, &it.subject, it.item) == (role, &subject, item));
        let Outcome::Ok { receipt } = outcome.ok_or(Error::<T>::NoSuchVerdict)?.outcome else {
            return Err(Error::<T>::VerdictNotOk.into());
        };
        ensure!(!QuestionOf::<T>::contains_key(epoch, &verdict), Error::<T>::AlreadyQuestioned);

        let bond = T::QuestionBond::get();
        Self::hold(HoldReason::QuestionBond, &questioner, bond)?;
        let id = NextQuestion::<T>::mutate(|next| {
            *next += 1;
            *next - 1
        });
        let deadline = Self::schedule(AgendaItem::Question(id), wanted, &mut Probes::of_call())?;
        ensure!(deadline <= closes, Error::<T>::AgendaFull);
        QuestionOf::<T>::insert(epoch, &verdict, id);
        Self::deposit_event(Event::VerdictQuestioned {
            question: id,
            epoch,
            inspector: inspector.clone(),
            role,
            subject: subject.clone(),
            item,
            questioner: questioner.clone(),
            deadline,
        });
        Questions::<T>::insert(
            id,
            Question { epoch, inspector, role, subject, item, receipt, questioner, bond, deadline },
        );
        Ok(verdicts.len() as u32)
    }

    pub(crate) fn do_answer_question(inspector: T::AccountId, id: u64, receipt: Receipt) -> DispatchResult {
        let question = Questions::<T>::get(id).ok_or(Error::<T>::NoSuchQuestion)?;
        ensure!(question.inspector == inspector, Error::<T>::NotTheInspector);
        ensure!(Self::now() < question.deadline, Error::<T>::TooLateToAnswer);
        ensure!(Self::answers(&question, &receipt), Error::<T>::ReceiptInvalid);
        Questions::<T>::remove(id);
        Self::pay_held(HoldReason::QuestionBond, &question.questioner, &inspector, question.bond);
        Self::deposit_event(Event::QuestionAnswered { question: id, deal: receipt.deal });
        Ok(())
    }

    /// Whether the receipt is the one that the verdict committed to, and true: a leaf of a piece that the subject
    /// serves, at the Inspector's own index. A Fetch serves every piece.
    fn answers(question: &OpenQuestionOf<T>, receipt: &Receipt) -> bool {
        let Question { epoch, inspector, role, subject, item, .. } = question;
        let Some((deal, epoch)) = Deals::<T>::get(receipt.deal).zip(Epochs::<T>::get(epoch)) else {
            return false;
        };
        let served = match role {
            Role::Store => deal.store == *subject,
            Role::Fetch => true,
            Role::Inspector => false,
        };
        let inspected = Inspected { inspector, role: *role, subject, item: *item };
        let leaf = receipts::leaf(&epoch.seed, &inspected, deal.piece.leaf_count());
        served
            && receipts::digest(&receipt.proof) == question.receipt
            && commp::leads_to_root(&deal.piece, leaf, &receipt.proof)
    }

    /// The question is due in `slot` of the agenda: there was no valid answer.
    pub(crate) fn question_due(id: u64, slot: BlockNumberFor<T>) -> DispatchResult {
        let Some(question) = Questions::<T>::get(id).filter(|question| question.deadline == slot) else {
            return Ok(());
        };
        Questions::<T>::remove(id);
        Voided::<T>::insert(question.epoch, question.verdict(), ());
        let Question { epoch, inspector, role, subject, item, questioner, bond, .. } = question;
        Self::release(HoldReason::QuestionBond, &questioner, bond);
        let penalty = Self::pay_penalty(&inspector, &questioner);
        Self::put_out(Role::Inspector, &inspector);
        Self::deposit_event(Event::QuestionUnanswered { question: id, epoch, inspector, role, subject, item, penalty });
        Ok(())
    }

    /// Takes the penalty for a forgery off the Inspector's bond, at most what is left of it; says how much.
    fn pay_penalty(inspector: &T::AccountId, questioner: &T::AccountId) -> Balance {
        Roles::<T>::mutate(Role::Inspector, inspector, |entry| {
            entry.as_mut().map_or(0, |entry| {
                let due = T::ForgeryPenalty::get().min(entry.bond);
                let paid = Self::pay_held(HoldReason::RoleBond, inspector, questioner, due);
                entry.bond = entry.bond.saturating_sub(paid);
                paid
            })
        })
    }
}
