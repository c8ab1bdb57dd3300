//! Every fuzz target without a fuzzer: its seeds, damaged seeds and random bytes, the same in every run.

use pallet_stella_fuzz::{Target, TARGETS};

/// Texts per target.
const TEXTS: u32 = 800;

/// A small generator of chances.
struct Dice(u64);

impl Dice {
    fn below(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % sides.max(1)
    }

    /// A seed with some damage: bytes changed, cut out, doubled or put in; now and then only noise.
    fn text(&mut self, seeds: &[Vec<u8>]) -> Vec<u8> {
        let mut text = seeds[self.below(seeds.len())].clone();
        if self.below(10) == 0 {
            return (0..self.below(300)).map(|_| self.below(256) as u8).collect();
        }
        for _ in 0..=self.below(3) {
            let at = self.below(text.len());
            match self.below(5) {
                0 => text.truncate(at),
                1 => text.insert(at, self.below(256) as u8),
                2 => text.extend_from_within(at..),
                _ if text.is_empty() => (),
                3 => text[at] ^= 1 << self.below(8),
                _ => text[at] = self.below(256) as u8,
            }
        }
        text
    }
}

fn run(target: &Target) {
    let seeds = (target.seeds)();
    seeds.iter().for_each(|seed| (target.body)(seed));
    let mut dice = Dice(target.name.len() as u64);
    for _ in 0..TEXTS {
        let text = dice.text(&seeds);
        let outcome = std::panic::catch_unwind(|| (target.body)(&text));
        assert!(outcome.is_ok(), "{} fails for {text:02x?}", target.name);
    }
}

#[test]
fn no_damaged_text_breaks_a_decoder_or_the_chain() {
    TARGETS.iter().for_each(run);
}

/// Every target is also a program for the fuzzer.
#[test]
fn every_body_is_a_target() {
    let manifest = include_str!("../Cargo.toml");
    let programs = manifest.lines().filter(|line| line.starts_with("path = \"fuzz_targets/")).count();
    assert_eq!(programs, TARGETS.len());
    for target in TARGETS {
        assert!(manifest.contains(&format!("name = \"{}\"", target.name)), "{} has no program", target.name);
    }
}
