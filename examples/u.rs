use moving_parts::question::sensitivity::*;
use moving_parts::scenario::Scenario;
use std::time::Instant;
fn main() {
    for p in ["shermans-2011", "seed-startup"] {
        let s = Scenario::preset(p).unwrap();
        let t = Instant::now();
        let a = sensitivity(&s, &Target::Gap, 1024, 1).unwrap();
        println!("{p} {:?} {:?} {}", t.elapsed(), a.variants, a.likeliest);
        for w in a.tornado.iter().take(6) {
            println!("   {} {:.0} {:.0}", s.describe(w.slot).0, w.at_p10, w.at_p90);
        }
        for (w, i) in a.indices.iter() {
            println!(
                "   {} {:.3}±{:.3} {:.3}±{:.3}",
                s.describe(*w).0,
                i.first.value,
                i.first.error,
                i.total.value,
                i.total.error
            );
        }
        println!("{:?} {}", a.others, a.tornado.len());
    }
}
