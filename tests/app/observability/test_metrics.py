"""This process's figures."""

from app.observability.metrics import Metrics


def test_requests_are_counted_and_timed() -> None:
    metrics = Metrics.at_zero()
    metrics.record(method="GET", route="/v1/experts", status=200, seconds=0.004)
    text = metrics.text().decode()
    assert 'quisait_requests_total{method="GET",route="/v1/experts",status="200"} 1.0' in text
    assert 'quisait_request_seconds_bucket{le="0.005",method="GET",route="/v1/experts"} 1.0' in text


def test_two_applications_in_one_process_count_apart() -> None:
    one, other = Metrics.at_zero(), Metrics.at_zero()
    one.record(method="GET", route="/", status=200, seconds=0.1)
    assert b"quisait_requests_total{" not in other.text()
