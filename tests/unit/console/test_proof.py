"""What is proven of a plan, and how robust it is, as pages for everybody of the inspectorate."""

from starlette.testclient import TestClient


def test_the_proof_of_a_plan_says_what_is_verified_and_what_is_only_claimed(console: TestClient) -> None:
    page = console.get("/plans/1/proof")
    assert page.status_code == 200
    assert "Plan 1 claims more than is proven" in page.text  # it was made without a solver, with a bound
    assert "Refused" in page.text
    assert console.get("/plans/published/proof").text.count("Refused") == page.text.count("Refused")
    assert console.get("/plans/9/proof").status_code == 404


def test_the_robustness_of_a_plan_is_simulated_under_stated_assumptions(console: TestClient) -> None:
    page = console.get("/plans/1/robustness")
    assert page.status_code == 200
    assert "Assumed: " in page.text
    assert "Dates kept" in page.text
    assert console.get("/plans/9/robustness").status_code == 404
