mod answers;
mod errors;
mod resume;
