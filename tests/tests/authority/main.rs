//! Who may come in by which door (promise P5): every door, as everybody, every cell.

mod administrators;
mod at;
mod doors;
mod interest;
mod matrix;
mod team_doors;
mod team_lists;
mod team_matrix;
mod unseen;
