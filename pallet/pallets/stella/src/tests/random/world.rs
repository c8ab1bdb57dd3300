//! The world of a sequence: a chain, the ledger beside it, two Stores that are honest whatever happens, and what
//! Inspectors keep secret until they reveal it.

use super::{
    judges::{broken_if, check_invariants, compare_books, fingerprint, judge},
    ledger::{Broken, Ledger},
    steps::{Action, Step, Who},
};
use crate::{mock::*, types::*, *};
use frame_support::{
    traits::{GetCallName, Hooks, UnfilteredDispatchable},
    weights::Weight,
};
use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
};

/// Accounts that take part; [`ANCHORS`] are among them.
pub const ACCOUNTS: u64 = 16;
/// Stores that prove every deal in time. Whatever others do, this must earn them every payment and cost them nothing.
const HONEST: [AccountId; 2] = [9, 10];

pub fn is_honest(account: AccountId) -> bool {
    HONEST.contains(&account)
}

/// What a run has met, so that it cannot be green because nothing happened.
#[derive(Default)]
pub struct Coverage {
    /// Calls dispatched.
    pub calls: u64,
    /// Accepted and refused, by name of the call.
    outcomes: BTreeMap<&'static str, (u64, u64)>,
    /// Indices of events and errors.
    events: BTreeSet<u8>,
    errors: BTreeSet<u8>,
    ends: BTreeMap<u8, u64>,
}

pub struct World<'a> {
    pub ledger: Ledger,
    /// Verdicts and salt of each commit.
    pub secrets: BTreeMap<(u32, AccountId), ([u8; 32], VerdictsOf<Test>)>,
    /// The true receipt of a verdict, by epoch, inspector, subject and item.
    pub receipts: BTreeMap<(u32, AccountId, AccountId, u8), Receipt>,
    /// Who makes the call of this moment; nobody while a block begins.
    caller: Option<(AccountId, &'static str)>,
    issuance: Balance,
    coverage: &'a mut Coverage,
}

impl<'a> World<'a> {
    pub fn new(coverage: &'a mut Coverage) -> Self {
        System::reset_events();
        let ledger = Ledger::opened((1..=ACCOUNTS).chain([POOL, TREASURY]));
        let issuance = Balances::total_issuance();
        let (secrets, receipts) = Default::default();
        let mut world = Self { ledger, secrets, receipts, caller: None, issuance, coverage };
        HONEST.into_iter().for_each(open_store);
        ANCHORS.into_iter().for_each(|anchor| register(Role::Inspector, anchor));
        world.hear().expect("the beginning is sound");
        world
    }

    pub fn take(&mut self, step: &Step) -> Result<(), Broken> {
        match step {
            Step::Pass(blocks) => self.pass((*blocks).into())?,
            Step::ToWindow(pick) => {
                let live: Vec<_> = Deals::<Test>::iter().filter(|(_, deal)| deal.state == DealState::Active).collect();
                if let Some((_, deal)) = live.get(usize::from(*pick) % live.len().max(1)) {
                    let start = Stella::period_end(deal) - WINDOW;
                    self.pass(start.saturating_sub(System::block_number()).min(PERIOD))?;
                }
            },
            Step::ToQuarter(quarter) => self.to_quarter(*quarter)?,
            Step::Starve(items) => HookWeight::set(match items {
                Some(items) => weights::SubstrateWeight::<Test>::agenda_slot(SLOT_PLACES)
                    .saturating_add(weights::SubstrateWeight::<Test>::agenda_item().saturating_mul((*items).into())),
                None => Weight::from_parts(1_000_000_000_000, u64::MAX),
            }),
            Step::Call(who, action) => self.act(*who, action)?,
            Step::Inspection { verdicts, doubts, well } => {
                self.to_quarter(0)?;
                let inspectors: Vec<_> = Roles::<Test>::iter_key_prefix(Role::Inspector).collect();
                for inspector in &inspectors {
                    let call = self.commitment(*inspector, 1, 7, verdicts.clone());
                    self.call(signed(*inspector), call)?;
                }
                self.to_quarter(2)?;
                for inspector in inspectors {
                    let call = self.revelation(inspector, 1, false);
                    self.call(signed(inspector), call)?;
                }
                for number in 0..*doubts {
                    let who = Who { account: number, stranger: false };
                    self.act(who, &Action::Question { verdict: u16::from(number) * 7 })?;
                    if *well {
                        self.act(who, &Action::Answer { question: number.into(), damaged: false })?;
                    }
                }
            },
            Step::Council(pick) => {
                self.to_quarter(2)?;
                for anchor in ANCHORS {
                    let call = self.attestation(2, *pick, true);
                    self.call(signed(anchor), call)?;
                }
            },
        }
        compare_books(&self.ledger, self.issuance)?;
        if matches!(step, Step::Call(..)) {
            return Ok(());
        }
        check_invariants()
    }

    fn act(&mut self, who: Who, action: &Action) -> Result<(), Broken> {
        if let Some((origin, call)) = self.call_of(who, action) {
            self.call(origin, call)?;
        }
        Ok(())
    }

    /// Dispatches a call and says whether it was accepted. A refused one must have said nothing; that it changed nothing
    /// is compared for every fourth call, since the root of the state is costly.
    fn call(&mut self, origin: RuntimeOrigin, call: Call<Test>) -> Result<bool, Broken> {
        let before = self.coverage.calls.is_multiple_of(4).then(fingerprint);
        let name = call.get_call_name();
        self.caller = frame_system::ensure_signed(origin.clone()).ok().map(|account| (account, name));
        let outcome = call.dispatch_bypass_filter(origin);
        self.coverage.calls += 1;
        let (accepted, refused) = self.coverage.outcomes.entry(name).or_default();
        match outcome {
            Ok(_) => *accepted += 1,
            Err(refusal) => {
                *refused += 1;
                if let sp_runtime::DispatchError::Module(error) = refusal.error {
                    self.coverage.errors.insert(error.error[0]);
                }
                broken_if(before.is_some_and(|before| before != fingerprint()), "a refused call changed the state")?;
                broken_if(System::event_count() != 0, "a refused call was heard")?;
            },
        }
        self.hear()?;
        self.caller = None;
        if outcome.is_ok() {
            compare_books(&self.ledger, self.issuance)?;
            check_invariants()?;
        }
        Ok(outcome.is_ok())
    }

    fn to_quarter(&mut self, quarter: u8) -> Result<(), Broken> {
        let offset = u64::from(quarter) * EPOCH / 4;
        self.pass((EPOCH + offset - System::block_number() % EPOCH) % EPOCH)
    }

    fn pass(&mut self, blocks: u64) -> Result<(), Broken> {
        (0..blocks).try_for_each(|_| self.next_block())
    }

    fn next_block(&mut self) -> Result<(), Broken> {
        let now = System::block_number() + 1;
        System::set_block_number(now);
        let weight = Stella::on_initialize(now);
        let limit = HookWeight::get().saturating_add(weights::SubstrateWeight::<Test>::tick());
        broken_if(!weight.all_lte(limit), "the hook weighs more than it may")?;
        self.hear()?;
        let due: Vec<_> = self.ledger.deals.iter().filter_map(|(id, book)| Some((*id, book.due_at(now)?))).collect();
        for (id, seed_block) in due {
            let store = self.ledger.deals[&id].store;
            if is_honest(store) {
                let seed = Seeds::<Test>::get(seed_block).ok_or("the seed of an open window is missing")?;
                let call = super::actions::proof_call(id, &deal(id).piece, seed, now % 2 == 0);
                let accepted = self.call(signed(store), call)?;
                broken_if(!accepted, "a true proof in time was refused")?;
            }
        }
        Ok(())
    }

    /// Books and judges what was said since the last time.
    fn hear(&mut self) -> Result<(), Broken> {
        for record in System::read_events_no_consensus() {
            if let RuntimeEvent::Stella(event) = record.event {
                self.coverage.events.insert(codec::Encode::encode(&event)[0]);
                if let Event::DealEnded { outcome, .. } = &event {
                    *self.coverage.ends.entry(*outcome as u8).or_default() += 1;
                }
                self.ledger.hear(&event, self.caller.map(|(_, call)| call))?;
                judge(&event, &self.ledger, self.caller)?;
            }
        }
        System::reset_events();
        Ok(())
    }
}

impl Coverage {
    /// Every call was accepted and refused many times, every event was heard, most errors were met, deals ended in
    /// every way.
    pub fn assert_broad(&self) {
        for name in Call::<Test>::get_call_names() {
            let (accepted, refused) = self.outcomes.get(name).copied().unwrap_or_default();
            assert!(accepted >= 5 && refused >= 5, "{name}: {accepted} accepted, {refused} refused\n{self}");
        }
        // An appeal that is won takes a suspension, the appeal and the way back within one sequence: too rare to ask for;
        // tests/appeal.rs has it.
        let won = codec::Encode::encode(&Event::<Test>::AppealWon { role: Role::Store, account: 0 })[0];
        let missing: Vec<_> = self.unheard().filter(|event| *event != won).collect();
        assert!(missing.is_empty(), "events that no call caused: {missing:?}");
    }

    fn unheard(&self) -> impl Iterator<Item = u8> + '_ {
        all_events().into_iter().filter(|index| !self.events.contains(index))
    }
}

/// Indices of all events that the pallet has.
fn all_events() -> Vec<u8> {
    use scale_info::{TypeDef, TypeInfo};
    let TypeDef::Variant(variants) = Event::<Test>::type_info().type_def else { return vec![] };
    variants.variants.iter().filter(|variant| variant.name != "__Ignore").map(|variant| variant.index).collect()
}

impl fmt::Display for Coverage {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        writeln!(out, "{} calls", self.calls)?;
        for (name, (accepted, refused)) in &self.outcomes {
            writeln!(out, "{name:>20}: {accepted:6} accepted, {refused:6} refused")?;
        }
        writeln!(out, "{} errors of the pallet met, events never heard: {:?}", self.errors.len(), {
            self.unheard().collect::<Vec<_>>()
        })?;
        write!(out, "ends of deals by state: {:?}", self.ends)
    }
}
